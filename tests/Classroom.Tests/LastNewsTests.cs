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

    private static Shown Stroke() =>
        Shown.Of(
            new Draw("page/1", new Mark(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), [1, 1, 50], "#102030", 4, "pen", null)).By(
                Lina
            )
        );
}
