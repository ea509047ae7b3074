namespace Stages.Enrolments.Schools;

/// <summary>
/// The directory in memory: 2,800 rows that every enrolment looks into and that change once a year. Read anew each minute at
/// most.
/// </summary>
public sealed class SchoolDirectory(IDocumentStore store, Remembered known)
{
    private const string Version = "schools-version";

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Lasting = TimeSpan.FromDays(1);

    private sealed record Snapshot(Dictionary<string, School> ByUai, School[] Sorted);

    public async ValueTask<School?> Find(string uai) => (await Load()).ByUai.GetValueOrDefault(Texts.Normal<Uai>(uai));

    /// <summary>Open, eligible schools that have every word of the query at the beginning of one of their own words.</summary>
    public async ValueTask<IReadOnlyList<School>> Search(string query, string? level, int limit)
    {
        var words = TextKey.Words(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return [];
        var at = Texts.Normal<Level>(level);
        return
        [
            .. (await Load())
                .Sorted.Where(s =>
                    (at.Length == 0 ? s.Levels.Length > 0 : s.Levels.Contains(at, StringComparer.Ordinal))
                    && words.All(w => HasWord(s.Words, w))
                )
                .Take(limit),
        ];
    }

    public ValueTask Forget() => known.Forget(Version);

    private static bool HasWord(string words, string beginning) =>
        words.StartsWith(beginning, StringComparison.Ordinal) || words.Contains(" " + beginning, StringComparison.Ordinal);

    /// <summary>Which directory is the current one is asked again each minute; its rows are read when it is another.</summary>
    private async ValueTask<Snapshot> Load()
    {
        var version = await known.Get(Version, Fresh, Current);
        return await known.Get($"schools-{version?.Hash}", version is null ? Fresh : Lasting, Read);
    }

    private async Task<SchoolDirectoryVersion?> Current()
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<SchoolDirectoryVersion>(SchoolDirectoryVersion.Current);
    }

    private async Task<Snapshot> Read()
    {
        await using var session = store.QuerySession();
        var schools = await session.Query<School>().ToListAsync();
        return new Snapshot(
            schools.ToDictionary(s => s.Id, StringComparer.Ordinal),
            [.. schools.Where(s => !s.Closed).OrderBy(s => s.Commune, StringComparer.Ordinal).ThenBy(s => s.Name, StringComparer.Ordinal)]
        );
    }
}

/// <summary>Imports the directory that ships with the service when it is new or has changed.</summary>
public sealed class ImportShippedSchools(Journal journal, IDocumentStore store, TimeProvider clock, ILogger<ImportShippedSchools> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var session = store.QuerySession())
        {
            // A coordinator's newer import stays: the shipped file only fills an empty directory.
            if (await session.LoadAsync<SchoolDirectoryVersion>(SchoolDirectoryVersion.Current, cancellationToken) is not null)
                return;
        }
        var file = await File.ReadAllBytesAsync(
            Path.Combine(AppContext.BaseDirectory, "Schools", "schools-montpellier.csv"),
            cancellationToken
        );
        if (ImportSchools.Read(file, out var schools) is { } refusal)
            throw new InvalidDataException(refusal.En);
        var imported = await ImportSchools.Import(file, schools, journal, store, clock, cancellationToken);
        logger.LogInformation("School directory: {Schools} schools", imported.Schools);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
