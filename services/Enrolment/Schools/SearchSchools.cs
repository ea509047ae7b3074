namespace Stages.Enrolments.Schools;

/// <summary>Makes <see cref="SchoolView"/>.</summary>
public static class SchoolViews
{
    extension(SchoolView)
    {
        public static SchoolView Of(School s) => new(s.Id, s.Name, s.Type, s.Commune, s.Postcode, s.Department, s.Priority, s.Levels);
    }
}

/// <summary>Schools by name or commune, with or without accents; open to all, since the directory is public.</summary>
public static class SearchSchools
{
    private const int LongestList = 50;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/schools",
                async (SchoolDirectory directory, HttpContext http, string search = "", string? level = null, int limit = 20) =>
                {
                    http.Response.Headers.CacheControl = "public, max-age=300";
                    var found = await directory.Search(search[..Math.Min(search.Length, 100)], level, Math.Clamp(limit, 1, LongestList));
                    return Results.Ok(new Page<SchoolView>([.. found.Select(SchoolView.Of)], null));
                }
            )
            .AllowAnonymous()
            .WithSummary("Schools by name or commune, without accents")
            .Produces<Page<SchoolView>>();

        app.MapGet(
                "/api/schools/{uai}",
                async (string uai, SchoolDirectory directory) =>
                    await directory.Find(uai) is { } school ? Results.Ok(SchoolView.Of(school)) : new NotFound().AsProblem()
            )
            .AllowAnonymous()
            .WithSummary("One school")
            .Produces<SchoolView>();
    }
}
