using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;

namespace Stages.Enrolments.Schools;

/// <summary>The file is not the directory that we know how to read.</summary>
public sealed record DirectoryUnreadable(string What)
    : Refusal(
        RefusalKind.Rule,
        "directory-unreadable",
        $"Ce fichier n’est pas un annuaire lisible : {What}.",
        $"This file is not a directory that can be read: {What}."
    );

/// <summary>What an import changed.</summary>
public sealed record DirectoryImported(int Schools, int Added, int Closed, bool Unchanged);

/// <summary>Replaces the directory of schools by that of a CSV file; repeatable.</summary>
public static class ImportSchools
{
    /// <summary>A directory of the whole académie is about 600 KB; a national one would be 25 MB and is not meant for here.</summary>
    private const long LargestFile = 8 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/schools/import",
                async (
                    HttpRequest request,
                    Journal journal,
                    IDocumentStore store,
                    SchoolDirectory directory,
                    VirusScanner scanner,
                    TimeProvider clock,
                    CancellationToken cancel
                ) =>
                {
                    using var body = new MemoryStream();
                    await request.Body.CopyToAsync(body, cancel);
                    var file = body.ToArray();
                    if (await scanner.Look(file, cancel) is { } infected)
                        return infected.AsProblem();
                    if (Read(file, out var schools) is { } refusal)
                        return refusal.AsProblem();
                    var imported = await Import(file, schools, journal, store, clock, cancel);
                    await directory.Forget();
                    return Results.Ok(imported);
                }
            )
            .ForWholeAcademie()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestFile))
            .WithSummary("Replaces the school directory by a newer file")
            .Accepts<string>("text/csv")
            .Produces<DirectoryImported>();

    public static async Task<DirectoryImported> Import(
        byte[] file,
        IReadOnlyList<School> schools,
        Journal journal,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        await using var session = store.QuerySession();
        var current = await session.LoadAsync<SchoolDirectoryVersion>(SchoolDirectoryVersion.Current, cancel);
        if (current?.Hash == hash)
            return new DirectoryImported(current.Schools, 0, 0, Unchanged: true);

        var known = (await session.Query<School>().ToListAsync(cancel)).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var present = schools.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var gone = known.Values.Where(s => !s.Closed && !present.Contains(s.Id)).Select(s => s with { Closed = true }).ToList();
        var version = new SchoolDirectoryVersion(SchoolDirectoryVersion.Current, hash, schools.Count, clock.GetUtcNow());
        await journal.Decide(Decision.Nothing.AndStore([.. schools, .. gone]).AndStore(version), cancel);
        return new DirectoryImported(schools.Count, present.Count(id => !known.ContainsKey(id)), gone.Count, Unchanged: false);
    }

    /// <summary>Reads the CSV; returns a refusal that names the first fault instead of schools.</summary>
    public static Refusal? Read(byte[] file, out IReadOnlyList<School> schools)
    {
        schools = [];
        using var reader = new StreamReader(new MemoryStream(file));
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        if (!csv.Read() || !csv.ReadHeader())
            return new DirectoryUnreadable("vide / empty");
        foreach (var column in (string[])["uai", "name", "type", "commune", "postcode", "department", "priority", "elementaire"])
            if (!csv.HeaderRecord!.Contains(column, StringComparer.Ordinal))
                return new DirectoryUnreadable($"colonne / column « {column} »");

        var byUai = new Dictionary<string, School>(StringComparer.Ordinal);
        while (csv.Read())
        {
            if (Row(csv) is not { } school)
                continue;
            if (Texts.Find<Uai>(school.Id) is null)
                return new DirectoryUnreadable($"UAI {school.Id} (ligne / line {csv.Parser.Row})");
            // One UAI on two rows is a cité scolaire: one school with the levels of both.
            byUai[school.Id] = byUai.TryGetValue(school.Id, out var twin)
                ? twin with
                {
                    Levels = [.. Level.Codes.Where(l => twin.Levels.Contains(l) || school.Levels.Contains(l))],
                    Words = TextKey.Words($"{twin.Words} {school.Words}"),
                }
                : school;
        }
        if (byUai.Count == 0)
            return new DirectoryUnreadable("aucune école / no school");
        schools = [.. byUai.Values.OrderBy(s => s.Id, StringComparer.Ordinal)];
        return null;
    }

    private static School? Row(CsvReader csv)
    {
        string Field(string name) => csv.TryGetField<string>(name, out var value) ? value?.Trim() ?? "" : "";
        var type = Field("type");
        IEnumerable<Level> levels = type switch
        {
            "Ecole" => Field("elementaire") == "0" ? [] : Level.Of(SchoolKind.Ecole),
            "Collège" => Level.Of(SchoolKind.College),
            "Lycée" => Level.Of(SchoolKind.Lycee),
            "EREA" => Level.All.Where(l => l.Kind is SchoolKind.College or SchoolKind.Lycee),
            "Médico-social" => Level.All,
            _ => [],
        };
        if (type is not ("Ecole" or "Collège" or "Lycée" or "EREA" or "Médico-social"))
            return null;
        var uai = Texts.Normal<Uai>(Field("uai"));
        var words = TextKey.Words($"{Field("name")} {Field("commune")} {Field("postcode")} {uai}");
        static string? OrNull(string text) => text.Length == 0 ? null : text;
        return new School(
            uai,
            Field("name"),
            type,
            Field("commune"),
            Field("postcode"),
            Field("department").PadLeft(3, '0'),
            OrNull(Field("circonscription_uai")),
            OrNull(Field("circonscription")),
            OrNull(Field("bassin")),
            Field("priority"),
            [.. levels.Select(l => l.ToString())],
            words,
            Closed: false
        );
    }
}
