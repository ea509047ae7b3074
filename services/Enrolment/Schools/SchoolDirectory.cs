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

    /// <param name="Words">Of name, commune, postcode and UAI.</param>
    private sealed record Entry(School School, string[] Words, string Commune)
    {
        /// <summary>Where children go to school, before where some of them are cared for.</summary>
        public bool IsPlain => School.Type is "Ecole" or "Collège" or "Lycée";
    }

    private sealed record Snapshot(Dictionary<string, School> ByUai, Entry[] Sorted);

    public async ValueTask<School?> Find(string uai) => (await Load()).ByUai.GetValueOrDefault(Texts.Normal<Uai>(uai));

    /// <summary>
    /// Open, eligible schools that have every word of the query at the beginning of one of their own, and if there are none, a word that
    /// is spelt nearly so. Those of the commune that was named come first.
    /// </summary>
    public async ValueTask<IReadOnlyList<School>> Search(string query, string? level, int limit)
    {
        var words = WordsOf(query);
        if (words.Length == 0)
            return [];
        var at = Texts.Normal<Level>(level);
        var eligible = (await Load())
            .Sorted.Where(e => at.Length == 0 ? e.School.Levels.Length > 0 : e.School.Levels.Contains(at, StringComparer.Ordinal))
            .ToList();
        var found = eligible.FindAll(e => words.All(w => Array.Exists(e.Words, own => own.StartsWith(w, StringComparison.Ordinal))));
        if (found.Count == 0)
            found = eligible.FindAll(e => words.All(w => Array.Exists(e.Words, own => IsMeant(own, w))));
        var named = string.Join(' ', words);
        return [.. found.OrderByDescending(e => e.Commune == named).ThenByDescending(e => e.IsPlain).Take(limit).Select(e => e.School)];
    }

    public ValueTask Forget() => known.Forget(Version);

    /// <summary>The whole word, or as much of it as was typed.</summary>
    private static bool IsMeant(string own, string typed) =>
        own.StartsWith(typed, StringComparison.Ordinal)
        || Slips.Join(own, typed, Slips.Allowed(typed))
        || (own.Length > typed.Length && Slips.Join(own[..typed.Length], typed, Slips.Allowed(typed)));

    /// <summary>« St » and « Ste » are how people write what the directory spells out, and the other way round.</summary>
    private static string[] WordsOf(string text) =>
        [
            .. TextKey
                .Words(text)
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word =>
                    word switch
                    {
                        "st" => "saint",
                        "ste" => "sainte",
                        _ => word,
                    }
                ),
        ];

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
            [
                .. schools
                    .Where(s => !s.Closed)
                    .OrderBy(s => s.Commune, StringComparer.Ordinal)
                    .ThenBy(s => s.Name, StringComparer.Ordinal)
                    .Select(s => new Entry(s, WordsOf(s.Words), string.Join(' ', WordsOf(s.Commune)))),
            ]
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
