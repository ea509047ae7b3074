using System.Net.Http.Json;
using System.Text.Json;
using Stages.SystemTests.Api;
using Stages.Testing;

namespace Stages.SystemTests.Hostile;

public sealed record Child(Guid Id, string First, string Last, string School, IReadOnlyList<string> Guardians);

public sealed record Group(Guid Id, Guid Offer, IReadOnlyList<Guid> Pupils, IReadOnlyList<Guid> Modules);

public sealed record Volunteer(Guid Id, string Email, string School);

/// <summary>The demonstration's académie, small and published: pupils of several départements, some of them in one group.</summary>
public sealed class Populated : Stack
{
    public Guid Campaign { get; private set; }

    public Guid Run { get; private set; }

    public IReadOnlyList<Child> Children { get; private set; } = [];

    public IReadOnlyList<Group> Groups { get; private set; } = [];

    public IReadOnlyList<Volunteer> Volunteers { get; private set; } = [];

    public async Task Fill()
    {
        if (Children.Count > 0)
            return;
        // Nobody is reminded of what is long over.
        await Demonstration.Play(this, pupils: 60, seed: 11, "--fortnight", "2021");
        using var admin = Client("coordinator", "coordinator@example.org");
        Campaign = Id((await Items(admin, "/api/campaigns"))[0]);
        Run = Id((await Items(admin, $"/api/campaigns/{Campaign}/pairings"))[0]);
        Children = [.. (await Items(admin, $"/api/campaigns/{Campaign}/enrolments")).Select(ChildOf)];
        Groups = [.. (await Items(admin, $"/api/campaigns/{Campaign}/stages")).Select(GroupOf)];
        Volunteers = [.. (await Items(admin, $"/api/campaigns/{Campaign}/offers")).Select(VolunteerOf)];
    }

    /// <summary>All of a list, page after page.</summary>
    private static async Task<List<JsonElement>> Items(HttpClient client, string address)
    {
        var (items, next) = (new List<JsonElement>(), "");
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>(
                address + (next.Length > 0 ? $"?after={Uri.EscapeDataString(next)}" : "")
            );
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.TryGetProperty("next", out var more) ? more.GetString() ?? "" : "";
        } while (next.Length > 0);
        return items;
    }

    private static Child ChildOf(JsonElement e)
    {
        var pupil = e.GetProperty("pupil");
        string Said(string name) => pupil.GetProperty(name).GetString()!;
        var guardians = e.GetProperty("guardians").EnumerateArray().Select(g => g.GetProperty("email").GetString()).OfType<string>();
        return new Child(Id(e), Said("firstName"), Said("lastName"), Said("schoolUai"), [.. guardians]);
    }

    private static Group GroupOf(JsonElement s) =>
        new(
            Id(s),
            s.GetProperty("teacherOfferId").GetGuid(),
            [.. s.GetProperty("pupils").EnumerateArray().Select(p => p.GetProperty("enrolmentId").GetGuid())],
            [.. s.GetProperty("modules").EnumerateArray().Select(Id)]
        );

    private static Volunteer VolunteerOf(JsonElement o)
    {
        var teacher = o.GetProperty("teacher");
        return new Volunteer(Id(o), teacher.GetProperty("email").GetString()!, teacher.GetProperty("schoolUai").GetString() ?? "");
    }

    private static Guid Id(JsonElement e) => e.GetProperty("id").GetGuid();
}
