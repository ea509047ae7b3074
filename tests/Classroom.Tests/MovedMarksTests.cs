using System.Text.Json;
using CsCheck;
using Shouldly;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Live;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>Marks are moved, rubbed out and wiped in any order: who sees them, and who takes the class over, ends with the same.</summary>
public sealed class MovedMarksTests
{
    private static readonly Guid Lina = Guid.Parse("01900000-0000-7000-8000-000000000006");

    private static readonly StrokeDrawn Line = new(Id(0), Lina, [10, 10, 50, 90, 40, 50], "#102030", 4, Kind: "line");

    [Fact]
    public void a_place_is_one_for_the_same_points()
    {
        var place = new MarkPlace(Line.Id, [20, 20, 50, 100, 50, 50], 4, 1);
        place.IsFor(Line).ShouldBeTrue();
        var text = Line with { Kind = "text", Text = "un", Points = [10, 10, 50], Width = 36 };
        (place with { Points = [900, 600, 50], Width = 100 }).IsFor(text).ShouldBeTrue();
        MarkPlace[] none =
        [
            place with
            {
                Points = [],
            },
            place with
            {
                Points = [20, 20, 50],
            },
            place with
            {
                Points = [20, 20, 50, 100, 50, 50, 1, 1, 50],
            },
            place with
            {
                Points = [20, 20, 50, 100, 5000, 50],
            },
            place with
            {
                Width = 0,
            },
            place with
            {
                Width = 101,
            },
            place with
            {
                Moved = 0,
            },
            place with
            {
                Moved = -1,
            },
            // Nobody takes all the numbers there are.
            place with
            {
                Moved = 1001,
            },
            place with
            {
                Moved = int.MaxValue,
            },
        ];
        none.ShouldAllBe(p => !p.IsFor(Line));
        (place with { Moved = 1005 }).IsFor(Line with { Moved = 5 }).ShouldBeTrue();
    }

    [Fact]
    public void of_two_places_the_later_stands_in_whichever_order_they_come() =>
        Gen.Int[0, 9]
            .Array[1, 8]
            .Select(Gen.Int[0, 1000])
            .Sample(
                (numbers, seed) =>
                {
                    var places = numbers.Distinct().Select(n => new MarkPlace(Line.Id, [n, n, 50, 90 + n, 40 + n, 50], 4, n)).ToArray();
                    var straight = places.Aggregate(Line, (mark, place) => place.Of(mark));
                    var random = new Random(seed);
                    var other = places.Concat(places).OrderBy(_ => random.Next()).Aggregate(Line, (mark, place) => place.Of(mark));
                    other.Points.ShouldBe(straight.Points);
                    other.Moved.ShouldBe(numbers.Max());
                }
            );

    [Fact]
    public void pages_and_who_goes_on_with_the_class_have_the_same_board() =>
        Gen.Select(Gen.Int[0, 99].Array[1, 25], Gen.Int[0, 100_000])
            .Sample(
                (steps, seed) =>
                {
                    var (random, news, rows) = (new Random(seed), new LastNews(), new List<Dictionary<Guid, StrokeDrawn>>());
                    var (held, page) = (new Dictionary<Guid, StrokeDrawn>(), new Dictionary<Guid, StrokeDrawn>());
                    var answers = new List<Shown>();
                    // What was there before this copy heard anything.
                    foreach (var i in Enumerable.Range(1, 3))
                        held[Id(i)] = page[Id(i)] = Line with { Id = Id(i), Sheet = $"page/{i % 2}" };
                    for (var i = 0; i < steps.Length; i++)
                    {
                        rows.Add(new(held));
                        var known = held.Values.ToArray();
                        var one = known.Length == 0 ? null : known[random.Next(known.Length)];
                        if (steps[i] < 30 || one is null)
                        {
                            var drawn = Line with { Id = Id(10 + i), Sheet = $"page/{random.Next(2)}" };
                            held[drawn.Id] = drawn;
                            Tell(Shown.Of(drawn), answered: true);
                        }
                        else if (steps[i] < 75)
                        {
                            var to = new MarkPlace(one.Id, [i, i, 50, 90 + i, 40 + i, 50], 4, one.Moved + random.Next(-1, 3));
                            if (to.Of(one) is var moved && moved == one)
                                continue;
                            held[one.Id] = moved;
                            Tell(Shown.Moved(moved, Lina), answered: true);
                        }
                        else if (steps[i] < 90)
                        {
                            held.Remove(one.Id);
                            Tell(Shown.Of("erased", new { one.Id }), answered: false);
                        }
                        else
                        {
                            var sheet = $"page/{random.Next(2)}";
                            foreach (var gone in known.Where(k => k.Sheet == sheet))
                                held.Remove(gone.Id);
                            Tell(Shown.Of("cleared", new { sheet }), answered: false);
                        }
                    }
                    foreach (var late in answers)
                        Take(late, own: true);
                    Same(page, held, "the page");
                    foreach (var row in rows)
                    {
                        var seen = JsonSerializer.Deserialize<LastSeen>(JsonSerializer.Serialize(news.Of(null, 0)))!;
                        seen.PutOn(row);
                        Same(row, held, "who goes on");
                    }

                    // The class says it; the answer to who asked comes just before, or any time after.
                    void Tell(Shown told, bool answered)
                    {
                        if (answered && random.Next(3) == 0)
                            Take(told, own: true);
                        Take(told, own: false);
                        // And once more, should the word that it was heard be lost.
                        if (random.Next(5) == 0)
                            Take(told, own: false);
                        if (answered)
                            answers.Insert(random.Next(answers.Count + 1), told);
                        while (answers.Count > 0 && random.Next(2) == 0)
                        {
                            Take(answers[0], own: true);
                            answers.RemoveAt(0);
                        }
                    }

                    void Take(Shown told, bool own)
                    {
                        if (!news.Add(told, own))
                            return;
                        if (told.Kind == "stroke")
                            page.TryAdd(Of<StrokeDrawn>(told).Id, Of<StrokeDrawn>(told));
                        else if (told.Kind == "moved" && page.TryGetValue(Of<MarkPlace>(told).Id, out var mark))
                            page[mark.Id] = Of<MarkPlace>(told).Of(mark);
                        else if (told.Kind == "erased")
                            page.Remove(told.Content.GetProperty("id").GetGuid());
                        else if (told.Kind == "cleared")
                            foreach (var gone in page.Values.Where(m => m.Sheet == told.Content.GetProperty("sheet").GetString()).ToList())
                                page.Remove(gone.Id);
                    }
                }
            );

    [Fact]
    public void what_a_forgotten_pupil_drew_is_not_given_back_where_it_was_moved_to()
    {
        var news = new LastNews();
        news.Add(Shown.Of(Line), own: false);
        news.Add(Shown.Moved(new MarkPlace(Line.Id, [1, 1, 50, 2, 2, 50], 4, 1).Of(Line), Id(7)), own: false);
        news.Of(null, 0).Moved!.Length.ShouldBe(1);
        news.Add(new ForgottenTold(Lina), own: false);
        news.Of(null, 0).Moved.ShouldBeEmpty();
    }

    private static void Same(Dictionary<Guid, StrokeDrawn> one, Dictionary<Guid, StrokeDrawn> other, string whose)
    {
        one.Keys.ShouldBe(other.Keys, ignoreOrder: true, whose);
        foreach (var (id, mark) in one)
            mark.Points.ShouldBe(other[id].Points, whose);
    }

    private static T Of<T>(Shown told) => told.Content.Deserialize<T>(JsonSerializerOptions.Web)!;

    private static Guid Id(int n) => new(n, 0, 7, new byte[8]);
}
