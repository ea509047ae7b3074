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
    public void a_list_that_is_brought_takes_those_older_than_a_day_away()
    {
        var sheet = new ImportSheet(Guid.Empty, Guid.Empty, Guid.Empty, "pupils", "élèves.csv", "csv", null!, [], Now, null);
        var effects = Importer.Keep(sheet, Now).Effects;
        effects[0].ShouldBeOfType<Effect.Store<ImportSheet>>().Documents.ShouldHaveSingleItem().ShouldBe(sheet);
        var old = effects[1].ShouldBeOfType<Effect.DeleteWhere<ImportSheet>>().Which.Compile();
        old(sheet with { At = Now.AddHours(-25) }).ShouldBeTrue();
        old(sheet with { At = Now.AddHours(-23) }).ShouldBeFalse();
        effects.Count.ShouldBe(2);
    }
}
