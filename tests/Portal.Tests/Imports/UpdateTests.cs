using Stages.Portal.Clients;
using Stages.Portal.Imports;
using Stages.Vocabulary;

namespace Stages.Portal.Tests;

/// <summary>A list adds and corrects; what it does not speak of stays, and what it replaces is shown before.</summary>
public sealed class UpdateTests
{
    private static readonly Guardian[] Two =
    [
        new("Anne Delmas", "anne@example.org", "+33612345678"),
        new("Karim Delmas", "karim@example.org", null, "en"),
    ];

    private readonly Enrolled enrolled = new();

    [Fact]
    public void a_list_without_guardians_marks_pupils_and_takes_nothing_away()
    {
        var camille = enrolled.Add("Camille", "Delmas", guardians: Two);
        var marking = Enrolled.Usual with { Identified = true };
        var list = Enrolled.Read("nom;prénom;niveau;UAI\nDELMAS;Camille;6e;0340051W");
        enrolled.Look(list, marking).Single().Changes.ShouldBe([new("identifié par l’école", "", "oui")]);
        enrolled.Import(list, marking);
        var now = enrolled[camille.Id];
        now.IdentifiedBySchool.ShouldBeTrue();
        (now.Pupil, now.SiblingsRule, now.Equipment).ShouldBe((camille.Pupil, SiblingsRule.SameSlots, camille.Equipment));
        now.Guardians.ShouldBe(Two);
        now.Wishes.ShouldBe(camille.Wishes);
        now.Slots.ShouldBe(camille.Slots);
    }

    [Fact]
    public void an_export_brought_back_changes_nothing_and_withdrawn_stays_withdrawn()
    {
        enrolled.Add("Camille", "Delmas", guardians: Two);
        enrolled.Add(enrolled.Add("Marius", "Roux") with { Id = new Guid(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9), Status = "withdrawn" });
        enrolled.Add("Camille", "Delmas", "5e", 2013, new Guardian("Zoé"));
        var look = enrolled.Look(Enrolled.Read(enrolled.Export()));
        look.Count.ShouldBe(4);
        look.ShouldAllBe(l => l.What == "same");
    }

    /// <summary>Where the ids of the export were taken out, a withdrawn pupil is not enrolled again unless somebody says so.</summary>
    [Theory]
    [InlineData("nom;prénom;niveau;UAI;état\nROUX;Marius;6e;0340051W;withdrawn")]
    [InlineData("nom;prénom;niveau;UAI\nROUX;Marius;6e;0340051W")]
    public void a_withdrawn_pupil_is_not_enrolled_again_by_a_list(string list)
    {
        enrolled.All.Add(enrolled.Add("Marius", "Roux") with { Status = "withdrawn" });
        enrolled.All.RemoveAt(0);
        enrolled.Look(Enrolled.Read(list)).Single().What.ShouldBe("ask");
        new Enrolled()
            .Look(Enrolled.Read(list))
            .Single()
            .What.ShouldBe(list.Contains("état", StringComparison.Ordinal) ? "refused" : "create");
    }

    /// <summary>Each column alone, with another value: that field changes, and no other.</summary>
    [Theory]
    [InlineData("niveau", "5e", "niveau")]
    [InlineData("année de naissance", "2014", "année de naissance")]
    [InlineData("vœux", "MA", "vœux")]
    [InlineData("semaines", "A", "semaines")]
    [InlineData("créneaux", "A:LUN-14:00", "créneaux")]
    [InlineData("ordinateur", "non", "ordinateur")]
    [InlineData("connexion", "oui", "connexion")]
    [InlineData("identifié par l’école", "oui", "identifié par l’école")]
    [InlineData("courriel", "new@example.org", "courriel")]
    [InlineData("téléphone 2", "06 12 34 56 79", "téléphone 2")]
    public void one_cell_edited_in_an_export_changes_one_field(string column, string cell, string field)
    {
        var camille = enrolled.Add("Camille", "Delmas", guardians: Two);
        var line = enrolled.Look(Enrolled.Read($"inscription;{column}\n{camille.Id};{cell}")).Single();
        line.Changes.ShouldHaveSingleItem().Field.ShouldBe(field);
        (line.What, line.Changes[0].Loses).ShouldBe(
            ("change", column is not ("année de naissance" or "connexion" or "identifié par l’école" or "téléphone 2"))
        );
    }

    [Fact]
    public void an_empty_cell_says_nothing()
    {
        var camille = enrolled.Add("Camille", "Delmas", guardians: Two);
        var heading = string.Join(';', Written.EnrolmentColumns);
        var cells = string.Join(';', Written.EnrolmentColumns.Select(c => c == "inscription" ? $"{camille.Id}" : ""));
        enrolled.Look(Enrolled.Read($"{heading}\n{cells}")).Single().What.ShouldBe("same");
    }

    [Fact]
    public void another_guardian_is_added_and_a_third_is_refused_in_words()
    {
        var camille = enrolled.Add("Camille", "Delmas", year: 2013);
        const string heading = "nom;prénom;niveau;UAI;année de naissance;responsable;courriel\nDelmas;Camille;6e;0340051W;2013;";
        var asked = enrolled.Look(Enrolled.Read(heading + "Karim Delmas;karim@example.org")).Single();
        var line = enrolled.Plan().Decided(asked.Row, camille.Id);
        line.Changes.ShouldBe([new("responsable 2", "", "Karim Delmas"), new("courriel 2", "", "karim@example.org")]);
        enrolled.CarryOut([line]);
        var third = enrolled.Look(Enrolled.Read(heading + "Paul;paul@example.org")).Single();
        enrolled.Plan().Decided(third.Row, camille.Id).Faults.ShouldHaveSingleItem().Text.ShouldContain("Anne Delmas et Karim Delmas");
    }

    /// <summary>What the service would only do once it is accepted is said before, and by nobody but the line's own box.</summary>
    [Theory]
    [InlineData("vœux", "MA", "offered", null, "Français")]
    [InlineData("vœux", "MA", "confirmed", "6e 5e", "Français")]
    [InlineData("vœux", "MA", "declined", null, null)]
    [InlineData("vœux", "MA FR", "confirmed", null, null)]
    [InlineData("niveau", "5e", "offered", null, "Français")]
    [InlineData("niveau", "5e", "offered", "6e", "Français")]
    [InlineData("niveau", "5e", "offered", "6e 5e", null)]
    [InlineData("année de naissance", "2014", "offered", null, null)]
    [InlineData("UAI", "0110003U", "confirmed", null, null)]
    public void a_line_whose_change_costs_a_place_says_which_and_waits(
        string column,
        string cell,
        string status,
        string? levels,
        string? lost
    )
    {
        var camille = enrolled.Add("Camille", "Delmas", guardians: Two);
        PlacementView[] places =
        [
            new(
                "FR",
                Guid.AllBitsSet,
                status,
                "A",
                "Europe/Paris",
                "Ana",
                [new(Guid.Empty, new DateOnly(2021, 2, 9), new TimeOnly(9, 0), new TimeOnly(10, 0), default, default, 0)],
                null,
                null,
                Levels: levels?.Split(' ')
            ),
        ];
        enrolled.All[0] = camille with { Placements = places };
        var line = enrolled.Look(Enrolled.Read($"inscription;{column}\n{camille.Id};{cell}")).Single();
        line.What.ShouldBe("change", string.Join(' ', line.Faults.Select(f => f.Text)));
        line.Costs.Select(c => c.Text).ShouldBe(lost is null ? [] : [$"{lost} (à partir du mardi 9 février)"]);
        (line.IsLeft, line.IsCostly).ShouldBe((lost is null, lost is not null));
        enrolled.CarryOut([line]).Single().Enrolment.ShouldBe(lost is null ? enrolled[camille.Id] : null);
        (line with { Accepted = true }).IsLeft.ShouldBeTrue();
    }

    /// <summary>What the service refuses, the preview says already.</summary>
    [Theory]
    [InlineData("nom;prénom;niveau;UAI\nROUX;Tim;6e;0340002B", "UAI")]
    [InlineData("nom;prénom;niveau;UAI;vœux\nROUX;Tim;6e;0340051W;Physique", "vœux")]
    [InlineData("nom;prénom;niveau;UAI;vœux\nROUX;Tim;6e;0340051W;MA MA", "vœux")]
    [InlineData("nom;prénom;niveau;UAI;semaines;créneaux\nROUX;Tim;6e;0340051W;A;B:LUN-09:00", "créneaux")]
    [InlineData("nom;prénom;niveau;UAI;créneaux\nROUX;Tim;6e;0340051W;A:MER-09:00", "créneaux")]
    public void the_preview_refuses_what_the_service_would(string list, string column)
    {
        var line = enrolled.Look(Enrolled.Read(list)).Single();
        line.What.ShouldBe("refused");
        line.Faults.ShouldHaveSingleItem().Column.ShouldBe(column);
    }

    [Fact]
    public void an_offer_keeps_what_its_line_does_not_say()
    {
        var known = new OfferView(
            new Guid(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
            Guid.Empty,
            new TeacherView("Ana de la Cruz", "ana@example.org", "+33612345678", "0340051W", "en", "Ana", "de la Cruz"),
            [new Teaching("MA", ["6e", "5e"])],
            new Dictionary<string, IReadOnlyList<OfferedSlot>>(StringComparer.Ordinal) { ["A"] = [new("MON-09:00", "preferred")] },
            new Limits(2, 5),
            "active",
            1
        );
        var gone = known with { Id = Guid.AllBitsSet, Status = "withdrawn", Teacher = known.Teacher! with { Email = "gone@example.org" } };
        var look = OfferPlan.Of(Enrolled.Campaign, Enrolled.Read("courriel;groupe max\nana@example.org;4"), [known, gone]);
        look.Single().Changes.ShouldBe([new("groupe max", "5", "4")]);

        var export = Enrolled.Csv(Written.OfferColumns, [Written.Row(known), Written.Row(gone)]);
        OfferPlan.Of(Enrolled.Campaign, Enrolled.Read(export), [known, gone]).ShouldAllBe(l => l.What == "same");
        known.AsForm().Teacher!.Language.ShouldBe("en");

        // The same person, and another: parts that nobody wrote are not kept.
        NameAfter("courriel;téléphone\nana@example.org;0612345678").ShouldBe(("Ana de la Cruz", "Ana", "de la Cruz"));
        NameAfter("courriel;enseignant\nana@example.org;Ana Ruiz").ShouldBe(("Ana Ruiz", null, null));

        (string?, string?, string?) NameAfter(string list)
        {
            var teacher = OfferLine.Read(Enrolled.Read(list).Rows[0], Enrolled.Campaign, known.AsForm()).Body!.Teacher!;
            return (teacher.Name, teacher.FirstName, teacher.LastName);
        }
    }
}
