using System.Text.Json;
using CsCheck;
using Shouldly;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Live;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>
/// What was written through a copy reaches it twice, by its answer and by the class, in either order: shown once, and what was rubbed out
/// meanwhile not again.
/// </summary>
public sealed class LastNewsTests
{
    private static readonly Guid Lina = Guid.Parse("01900000-0000-7000-8000-000000000006");
    private static readonly Guid Noah = Guid.Parse("01900000-0000-7000-8000-000000000007");

    [Fact]
    public void what_comes_twice_is_shown_once_in_whichever_order() =>
        Gen.Select(Gen.Int[0, 5].Array[1, 12], Gen.Int[0, 1000])
            .Sample(
                (strokes, seed) =>
                {
                    var (news, random, shown) = (new LastNews(), new Random(seed), new HashSet<Guid>());
                    // As the class says it: drawn, now and then rubbed out, or the sheet wiped.
                    var answers = new List<Shown>();
                    void Show(Shown told, bool own)
                    {
                        if (news.Add(told, own))
                            shown.Add(told.Content.GetProperty("id").GetGuid()).ShouldBeTrue("shown, and there already");
                    }
                    foreach (var kind in strokes)
                    {
                        var stroke = Stroke();
                        answers.Add(stroke);
                        if (random.Next(2) == 0)
                            Answer();
                        Show(stroke, own: false);
                        if (kind == 0)
                            RubOut(stroke);
                        if (kind == 1)
                        {
                            news.Add(Shown.Of("cleared", new { sheet = "page/1" }), own: false);
                            shown.Clear();
                        }
                        // Drawn once more under its id by who never heard that it was taken.
                        if (kind == 0 && random.Next(2) == 0)
                            Show(stroke, own: false);
                    }
                    while (answers.Count > 0)
                        Answer();

                    void Answer()
                    {
                        var which = random.Next(answers.Count);
                        Show(answers[which], own: true);
                        answers.RemoveAt(which);
                    }

                    void RubOut(Shown stroke)
                    {
                        var id = stroke.Content.GetProperty("id").GetGuid();
                        news.Add(Shown.Of("erased", new { id }), own: false);
                        shown.Remove(id);
                    }
                }
            );

    /// <summary>
    /// Somebody writes through the copy that holds the class, comes over here as the first, and that one is killed before there is a row.
    /// </summary>
    [Fact]
    public void what_the_class_had_when_the_first_came_is_given_back() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Bool, Gen.Bool)
            .Sample(
                (had, since, wiped, forgotten) =>
                {
                    var news = new LastNews();
                    news.Add(new ChatTold(Line(Lina)), own: false);
                    news.Begin();
                    StrokeDrawn[] strokes = [.. Enumerable.Range(0, had).Select(_ => Drawn())];
                    ChatSaid[] lines = [.. strokes.Select(_ => Line(Lina)), Line(Noah)];
                    // The class may speak before the answer is here; whoever comes second has seen that already.
                    var later = Enumerable.Range(0, since).Select(_ => Line(Noah)).ToList();
                    foreach (var line in later)
                        news.Add(new ChatTold(line), own: false);
                    news.Before(lines, strokes);
                    news.Before([.. lines, .. later], strokes);
                    if (strokes.Length > 0)
                        news.Add(Shown.Of("erased", new { id = strokes[0].Id }), own: false);
                    if (wiped)
                        news.Add(Shown.Of("cleared", new { sheet = "page/1" }), own: false);
                    if (forgotten)
                        news.Add(new ForgottenTold(Lina), own: false);
                    var seen = news.Of(null, 0);
                    seen.Lines.ShouldBe(lines.Concat(later).Where(l => !forgotten || l.From == Noah), ignoreOrder: true);
                    seen.Strokes.ExceptBy(seen.Erased, s => s.Id).ShouldBe(wiped || forgotten ? [] : strokes.Skip(1));
                }
            );

    [Fact]
    public void what_is_long_in_its_row_is_not_held_here()
    {
        var news = new LastNews();
        var old = Line(Lina);
        news.Before([old], []);
        ChatSaid[] lines = [.. Enumerable.Range(0, 600).Select(_ => Line(Noah))];
        foreach (var line in lines)
            news.Add(new ChatTold(line), own: false);
        news.Of(null, 0).Lines.ShouldBe(lines[^500..]);
    }

    private static ChatSaid Line(Guid from) => new(NewId(), from, "all", null, "Bonjour", TimeProvider.System.GetUtcNow());

    private static StrokeDrawn Drawn() => Stroke().Content.Deserialize<StrokeDrawn>(JsonSerializerOptions.Web)!;

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static Shown Stroke() => Shown.Of(new Draw("page/1", new Mark(NewId(), [1, 1, 50], "#102030", 4, "pen", null)).By(Lina));
}
