using System.Xml.Linq;
using Stages.Portal.Gateway;
using Stages.Portal.Imports;
using Stages.Portal.SignIns;
using Stages.Vocabulary;

namespace Stages.Portal.Tests;

/// <summary>What the Portal keeps of its own, by value.</summary>
public sealed class WhatIsKeptTests
{
    private static readonly DateTimeOffset Now = new(2021, 3, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void a_sealing_key_is_kept_under_its_name() =>
        KeyRing
            .Keep(new XElement("key", new XElement("secret")), "key-1")
            .ShouldBe(Decision.Nothing.AndStore(new SealingKey("key-1", "<key><secret /></key>")));

    [Fact]
    public void a_list_goes_on_without_the_lines_that_name_who_is_erased()
    {
        var (hers, his) = (Line("mail", "anne@example.org"), Line("téléphone", "06 39 98 00 02"));
        var sheet = new ImportSheet(Guid.Empty, Guid.Empty, Guid.Empty, "pupils", "élèves.csv", "csv", null!, [hers, his], Now, null);
        OwnData
            .Forget(PersonId.FromEmail("anne@example.org"), [sheet])
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Store<ImportSheet>>()
            .Documents.ShouldHaveSingleItem()
            .Lines.ShouldBe([his]);
        OwnData
            .Forget(PersonId.FromPhone("+33639980002"), [sheet])
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Store<ImportSheet>>()
            .Documents.ShouldHaveSingleItem()
            .Lines.ShouldBe([hers]);
        OwnData.Forget(PersonId.FromEmail("nobody@example.org"), [sheet]).ShouldBe(Decision.Nothing);

        static Planned Line(string column, string cell) =>
            new(new TableRow(2, new Dictionary<string, string>(StringComparer.Ordinal) { [column] = cell }), "", "create", []);
    }

    [Fact]
    public void a_list_that_is_brought_is_kept_with_its_file_for_a_day()
    {
        var (sheet, file) = (Sheet(ImportSheet.Reading), new byte[] { 1, 2 });
        ImportDesk.Keep(sheet, file).ShouldBe(Decision.Nothing.AndInsert(sheet).AndSql(ImportFile.Insert, sheet.Id, file, sheet.At));
        var effects = ForgetSheets.Before(Now).Effects;
        var old = effects[0].ShouldBeOfType<Effect.DeleteWhere<ImportSheet>>().Which.Compile();
        old(sheet with { At = Now.AddMinutes(-1) }).ShouldBeTrue();
        old(sheet with { At = Now }).ShouldBeFalse();
        effects[1].ShouldBe(Decision.Nothing.AndSql(ImportFile.DeleteBefore, Now).Effects[0]);
        ForgetSheets.Rule.Days.ShouldBe(1);
    }

    [Fact]
    public void a_list_is_carried_out_by_who_brought_it_and_once()
    {
        var person = new Caller(Guid.AllBitsSet, Roles.Coordinator, null, null, null);
        var sheet = Sheet(ImportSheet.Ready, Line(2), Line(3)) with { By = person.Id, Refusal = "before" };
        ImportDesk
            .CarryOut(sheet, person, None)
            .ShouldBe(Decision.Nothing.AndStore(sheet with { State = ImportSheet.Importing, Refusal = null }));
        ImportDesk.CarryOut(sheet with { State = ImportSheet.Importing }, person, None).ShouldBe(Decision.Nothing);
        ImportDesk.CarryOut(sheet with { State = ImportSheet.Reading }, person, None).ShouldBe(Decision.Nothing);
        ImportDesk.CarryOut(sheet with { Lines = [] }, person, None).ShouldBe(Decision.Nothing);
        ImportDesk.CarryOut(sheet, person with { Id = Guid.Empty }, None).Refusal.ShouldBe(new NotFound());
        ImportDesk.CarryOut(null, person, None).Refusal.ShouldBe(new NotFound());
    }

    /// <summary>Of what costs a place only the lines that were ticked are carried out, and they alone can be ticked.</summary>
    [Fact]
    public void a_line_that_costs_a_place_waits_until_it_is_accepted()
    {
        var person = new Caller(Guid.AllBitsSet, Roles.Coordinator, null, null, null);
        var costly = Line(2) with { What = "change", Existing = Guid.AllBitsSet, Costs = [new Cost(Guid.AllBitsSet, "Français")] };
        var also = costly with { Row = Line(3).Row };
        var sheet = Sheet(ImportSheet.Ready, costly, also) with { By = person.Id };
        (sheet.Left, ImportDesk.CarryOut(sheet, person, None)).ShouldBe((0, Decision.Nothing));
        Left(sheet, 3).ShouldBe([3]);
        Left(sheet with { Lines = [costly, also, Line(4)] }).ShouldBe([4]);
        Left(sheet with { Lines = [costly, also with { Done = true }, Line(4)] }, 2, 3).ShouldBe([2, 4]);
        // Said once, it can be taken back until it is done.
        Left(sheet with { Lines = [costly with { Accepted = true }, also] }, 3).ShouldBe([3]);

        int[] Left(ImportSheet of, params int[] ticked) =>
            [
                .. ImportDesk
                    .CarryOut(of, person, ticked.ToHashSet())
                    .Effects[0]
                    .ShouldBeOfType<Effect.Store<ImportSheet>>()
                    .Documents[0]
                    .Lines.Where(l => l.IsLeft)
                    .Select(l => l.Row.Line),
            ];
    }

    [Fact]
    public void whose_a_line_is_can_be_said_of_what_was_asked_and_of_nothing_else()
    {
        var person = new Caller(Guid.AllBitsSet, Roles.Coordinator, null, null, null);
        var (here, gone) = (Guid.AllBitsSet, Guid.Empty);
        var asking = Line(2) with { What = "ask", Candidates = [new(here, "Léa", true), new(gone, "Léa, retirée", false)] };
        var sheet = Sheet(ImportSheet.Ready, asking, Line(3)) with { By = person.Id };
        Choices(sheet, person, 2, $"{here}").ShouldBe([$"{here}", null]);
        Choices(sheet, person, 2, Planned.Another).ShouldBe([Planned.Another, null]);
        foreach (var (line, choice) in new[] { (2, $"{gone}"), (2, "x"), (3, Planned.Another), (4, Planned.Another) })
            Settle(sheet, person, line, choice).ShouldBe(Decision.Nothing);
        Settle(sheet with { State = ImportSheet.Importing }, person, 2, Planned.Another).ShouldBe(Decision.Nothing);
        Settle(sheet, person with { Id = Guid.Empty }, 2, Planned.Another).Refusal.ShouldBe(new NotFound());

        static Decision Settle(ImportSheet sheet, Caller caller, int line, string choice) =>
            ImportDesk.Settle(sheet, caller, new Dictionary<int, string> { [line] = choice });

        static IEnumerable<string?> Choices(ImportSheet sheet, Caller caller, int line, string choice)
        {
            var stored = Settle(sheet, caller, line, choice).Effects[0].ShouldBeOfType<Effect.Store<ImportSheet>>().Documents[0];
            stored.State.ShouldBe(ImportSheet.Deciding);
            return stored.Lines.Select(l => l.Choice);
        }
    }

    [Fact]
    public void what_was_done_of_a_list_is_written_where_it_stands_and_nowhere_else()
    {
        var (first, second, gone) = (Line(2), Line(3), Line(4));
        var sheet = Sheet(ImportSheet.Importing, first, second) with { Tries = 3 };
        var after = sheet.With([second with { Done = true }, gone with { Done = true }]);
        after.Lines.ShouldBe([first, second with { Done = true }]);
        (after.Left, after.Tries).ShouldBe((1, 0));
    }

    private static readonly HashSet<int> None = [];

    private static Planned Line(int line) =>
        new(new TableRow(line, new Dictionary<string, string>(StringComparer.Ordinal)), "", "create", []);

    private static ImportSheet Sheet(string state, params Planned[] lines) =>
        new(Guid.Empty, Guid.Empty, Guid.Empty, "pupils", "élèves.csv", "csv", null!, lines, Now, null, state);
}
