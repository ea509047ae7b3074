using System.Text;
using CsCheck;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Stages.Api.Classroom;
using Stages.Classrooms.Library;
using Stages.Classrooms.Rooms;
using Stages.ServiceDefaults;
using Stages.Vocabulary;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>
/// Whoever searches for whatever in any library: what the database finds is what a small model of it says, and nothing is found that its
/// reader may not see. Accents, capitals, the order of words and their ends do not matter.
/// </summary>
public sealed class LibrarySearchTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static readonly string[] Subjects = ["FR", "MA"],
        Levels = ["6e", "5e", "CM2"],
        Vocabulary = ["Évaluer", "l’accord", "des", "verbes", "fractions", "Œuvre", "naïve", "jeu", "leçon", "Pythagore", "été"];

    private static readonly Guid[] Teachers = [.. Enumerable.Range(1, 3).Select(i => Some(10 + i))];

    private static readonly DateTimeOffset At = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    private static Gen<T> Any<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    private static Guid Some(int n) => new($"01900000-0000-7000-8000-{n:x12}");

    private static readonly Gen<string> Words = Any(Vocabulary).Array[1, 4].Select(w => string.Join(' ', w));

    private static readonly Gen<ResourceContent> Contents =
        from title in Words
        from about in Words
        from subject in Any(Subjects)
        from levels in Any(Levels).Array[1, 2]
        select new ResourceContent(title, about, subject, [.. levels.Distinct()], "https://example.org/", null);

    private static readonly Gen<(ResourceContent Content, Guid By, string State)[]> Libraries = Gen.Select(
        Contents,
        Any(Teachers),
        Any(ResourceStates.Accepted, ResourceStates.Accepted, ResourceStates.Proposed, ResourceStates.Refused)
    ).Array[0, 12];

    private static readonly Gen<Room> Rooms =
        from subject in Any(Subjects)
        from level in Any("6E", "5e", "CM2")
        from teacher in Any(Teachers)
        from school in Any("0340001A", "0300002B")
        select Given.TheRoom with
        {
            Stage = Given.TheRoom.Stage with
            {
                Subject = subject,
                Levels = [level],
                TeacherId = teacher,
                Pupils = [new(Given.Lina, school)],
            },
        };

    private static readonly Gen<(Caller Caller, Room[] Rooms)> Readers = Gen.Select(
            Any(Roles.Family, Roles.Teacher, Roles.Coordinator),
            Any<string?>("034", "030", null),
            Any([.. Teachers, Some(99)]),
            Rooms.Array[0, 3]
        )
        .Select((role, territory, id, rooms) => (new Caller(id, role, null, null, role == Roles.Coordinator ? territory : null), rooms));

    /// <summary>As somebody types it who remembers a part of it.</summary>
    private static readonly Gen<string?> Typed = Gen.Select(Words, Gen.Int[0, 3], Gen.Int[1, 9], Gen.Bool)
        .Select(
            (words, how, letters, nothing) =>
            {
                if (nothing)
                    return null;
                var some = string.Join(' ', words.Split(' ').Reverse().Select(w => w[..Math.Min(letters + 2, w.Length)]));
                return how switch
                {
                    0 => some.ToUpperInvariant(),
                    1 => some.Normalize(NormalizationForm.FormD).Replace("l’", "", StringComparison.Ordinal),
                    2 => string.Concat(some.Normalize(NormalizationForm.FormD).Where(c => c < 0x300 || c > 0x36F))
                        .Replace("Œ", "oe", StringComparison.Ordinal),
                    _ => $" {some}! ",
                };
            }
        );

    private static readonly Gen<LibrarySearch> Searches = Gen.Select(
            Any<string?>(null, null, "FR", "MA"),
            Any<string?>(null, null, "6e", "6E", "CM2"),
            Typed,
            Any<string?>(null, null, ResourceStates.Proposed, ResourceStates.Refused),
            Any(false, false, false, true)
        )
        .Select((subject, level, words, state, mine) => new LibrarySearch(subject, level, words, mine ? null : state, mine));

    [Fact]
    public async Task a_search_finds_what_matches_and_what_its_reader_may_see()
    {
        var found = 0;
        await Gen.Select(Libraries, Gen.Select(Readers, Searches).Array[8])
            .SampleAsync(
                async (library, asked) =>
                {
                    var (campaign, all) = await Keep(library);
                    await using var query = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
                    foreach (var ((caller, rooms), search) in asked)
                    {
                        var reader = new LibraryReader(caller, campaign, rooms);
                        var answer = await (await search.In(reader, query.Query<Resource>(), default)).Select(r => r.Id).ToListAsync();
                        var here = all.Where(r => IsAsked(r, reader, search)).ToList();
                        var exact = here.Where(r => Says(r, search.Words)).Select(r => r.Id).ToList();
                        if (exact.Count > 0 || string.IsNullOrWhiteSpace(search.Words))
                            answer.Order().ShouldBe(exact.Order(), $"{caller} {search}");
                        else
                            answer.Except(here.Select(r => r.Id)).ShouldBeEmpty($"nearly spelt: {caller} {search}");
                        all.Where(r => answer.Contains(r.Id)).ShouldAllBe(r => reader.Sees(r));
                        found += answer.Count;
                    }
                },
                iter: 25,
                threads: 1
            );
        found.ShouldBeGreaterThan(20);
    }

    /// <summary>Said once more, in words of its own, so that the rule and its question to the database are not wrong together.</summary>
    private static bool IsAsked(Resource r, LibraryReader reader, LibrarySearch search)
    {
        var (caller, own) = (reader.Caller, reader.Caller.IsTeacher && r.By == reader.Caller.Id);
        var suits = reader.Rooms.Any(x => x.Stage.Subject == r.Subject && r.Levels.Contains(x.Stage.Levels[0].Replace('E', 'e')));
        var theirs =
            caller.Territory is not { } territory
            || reader.Rooms.Any(x =>
                x.Stage.TeacherId == r.By && x.Stage.Pupils[0].SchoolUai!.StartsWith(territory, StringComparison.Ordinal)
            );
        var (state, accepted) = (search.State ?? ResourceStates.Accepted, r.State == ResourceStates.Accepted);
        var seen = search.Mine
            ? own
            : r.State == state
                && (
                    caller.IsCoordinator ? accepted || theirs
                    : caller.IsTeacher ? own || (accepted && reader.Rooms.Count > 0)
                    : accepted && suits
                );
        return seen
            && (search.Subject is null || r.Subject == search.Subject)
            && (search.Level is null || r.Levels.Contains(search.Level.Replace('E', 'e')));
    }

    private static bool Says(Resource r, string? typed)
    {
        var text = $"{r.Title} {r.About}";
        var said = $"{TextKey.Of(text)} {TextKey.Words(text)}".Split(' ');
        return TextKey.Of(typed).Split(' ').All(w => said.Any(s => s.StartsWith(w, StringComparison.Ordinal)));
    }

    private async Task<(Guid Campaign, Resource[] All)> Keep((ResourceContent Content, Guid By, string State)[] library)
    {
        var campaign = NewId();
        var kept = new List<Resource>();
        var decision = Decision.Nothing;
        foreach (var (content, by, state) in library)
        {
            var proposed = new ResourceProposed(NewId(), campaign, by, content, At);
            object[] events =
            [
                proposed,
                .. state == ResourceStates.Accepted ? [new ResourceAccepted(Given.Parent, At)]
                : state == ResourceStates.Refused ? (object[])[new ResourceRefused(Given.Parent, "Non", At)]
                : [],
            ];
            decision = decision.AndStart<Resource>(proposed.ResourceId, events);
            kept.Add(Resource.Create(proposed) with { State = state });
        }
        await service.Services.GetRequiredService<Journal>().Decide(decision);
        return (campaign, [.. kept]);
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
