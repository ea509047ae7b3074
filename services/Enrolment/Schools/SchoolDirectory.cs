using Marten;
using Stages.ServiceDefaults;

namespace Stages.Enrolments.Schools;

/// <summary>The directory in memory: 2,800 rows that every enrolment looks into and that change once a year. Read anew each minute at most.</summary>
public sealed class SchoolDirectory(IDocumentStore store, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private Snapshot? snapshot;

    private sealed record Snapshot(DateTimeOffset At, string? Hash, Dictionary<string, School> ByUai, School[] Sorted);

    public async ValueTask<School?> Find(string uai, CancellationToken cancel) =>
        (await Load(cancel)).ByUai.GetValueOrDefault(Uai.Normal(uai));

    /// <summary>Open, eligible schools that have every word of the query at the beginning of one of their own words.</summary>
    public async ValueTask<IReadOnlyList<School>> Search(string query, string? level, int limit, CancellationToken cancel)
    {
        var words = School.Plain(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return [];
        return
        [
            .. (await Load(cancel))
                .Sorted.Where(s =>
                    (string.IsNullOrEmpty(level) ? s.Levels.Length > 0 : s.Levels.Contains(level, StringComparer.Ordinal))
                    && words.All(w => HasWord(s.Words, w))
                )
                .Take(limit),
        ];
    }

    public void Forget() => snapshot = null;

    private static bool HasWord(string words, string beginning) =>
        words.StartsWith(beginning, StringComparison.Ordinal) || words.Contains(" " + beginning, StringComparison.Ordinal);

    private async ValueTask<Snapshot> Load(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var current = snapshot;
        if (current is not null && now - current.At < Fresh)
            return current;
        await using var session = store.QuerySession();
        var version = await session.LoadAsync<SchoolDirectoryVersion>(SchoolDirectoryVersion.Current, cancel);
        if (current is not null && current.Hash == version?.Hash)
            return snapshot = current with { At = now };
        var schools = await session.Query<School>().ToListAsync(cancel);
        return snapshot = new Snapshot(
            now,
            version?.Hash,
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
