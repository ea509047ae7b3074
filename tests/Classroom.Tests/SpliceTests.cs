using CsCheck;
using Shouldly;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Sessions;
using Xunit;

namespace Stages.Classrooms.Tests;

public sealed class SpliceTests
{
    private static readonly Gen<string> Text = Gen.Char['a', 'f'].Array[0, 20].Select(c => new string(c));

    private static Gen<Splice> In(string text) =>
        Gen.Select(Gen.Int[0, text.Length], Gen.Int[0, text.Length], Text)
            .Select((a, b, insert) => new Splice(Math.Min(a, b), Math.Abs(a - b), insert));

    [Fact]
    public void a_late_edit_keeps_what_the_earlier_one_inserted_and_its_own() =>
        Text.SelectMany(t => Gen.Select(Gen.Const(t), In(t), In(t)))
            .Sample(
                (text, earlier, late) =>
                {
                    // Marked with letters that the text does not have, so that each can be found again.
                    var first = earlier with
                    {
                        Insert = "XY",
                    };
                    var second = late with { Insert = "PQ" };
                    var result = second.After(first).In(first.In(text));
                    result.ShouldContain("XY");
                    result.ShouldContain("PQ");
                }
            );

    [Fact]
    public void what_both_removed_is_removed_once() =>
        Text.SelectMany(t => Gen.Select(Gen.Const(t), In(t), In(t)))
            .Sample(
                (text, earlier, late) =>
                {
                    var result = (late with { Insert = "" })
                        .After(earlier with { Insert = "" })
                        .In((earlier with { Insert = "" }).In(text));
                    var kept = text.Where(
                        (_, i) => !(i >= earlier.At && i < earlier.At + earlier.Remove) && !(i >= late.At && i < late.At + late.Remove)
                    );
                    result.ShouldBe(string.Concat(kept));
                }
            );

    [Fact]
    public void an_edit_on_an_old_version_is_put_under_what_overtook_it()
    {
        var actor = new Actor(Guid.Empty, ParticipantRole.Teacher);
        var desk = Desk.Create(new DeskSet(Guid.Empty));
        desk = Desk.Apply(
            DeskRules.EditNotes(desk, Guid.Empty, actor, 0, new Splice(0, 0, "le verbe")).Events.OfType<NotesChanged>().Single(),
            desk
        );
        desk = Desk.Apply(
            DeskRules.EditNotes(desk, Guid.Empty, actor, 1, new Splice(0, 0, "Rappel : ")).Events.OfType<NotesChanged>().Single(),
            desk
        );
        desk = Desk.Apply(
            DeskRules.EditNotes(desk, Guid.Empty, actor, 1, new Splice(8, 0, " s’accorde")).Events.OfType<NotesChanged>().Single(),
            desk
        );
        desk.Notes.ShouldBe("Rappel : le verbe s’accorde");
    }
}
