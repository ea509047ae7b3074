using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Stages.Portal.Clients;
using Stages.Portal.Pages.Coordination;

namespace Stages.Portal.Tests;

/// <summary>What a coordinator types about a campaign: read, or named beside its field, and never lost.</summary>
public sealed class CampaignFormTests
{
    private static readonly CampaignView Campaign = Some.Campaign with
    {
        Weeks = [new("A", new DateOnly(2027, 4, 12)), new("B", new DateOnly(2027, 4, 19))],
        ClosedDates = [new DateOnly(2027, 4, 14)],
        EnrolmentOpens = new DateTimeOffset(2027, 2, 1, 7, 0, 0, TimeSpan.Zero),
        EnrolmentCloses = new DateTimeOffset(2027, 3, 31, 21, 59, 0, TimeSpan.Zero),
        Levels = ["CP", "6e", "5e"],
        Subjects = [new("FR", "Français", "French", ["CP", "6e"]), new("MA", "Mathématiques", "Mathematics", ["6e"])],
        Rules = Some.Rules with
        {
            AdjacentLevels =
            [
                ["6e", "5e"],
            ],
        },
        Version = 7,
        TrustedDomains = ["ac-exemple.fr", "ens.example"],
    };

    private static FormCollection Posted(params (string Name, string[] Values)[] changed)
    {
        var shown = CampaignSettingsForm.Of(Campaign);
        var fields = new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["version"] = shown.Version,
            ["name"] = shown.Name,
            ["monday0"] = shown.Mondays[0],
            ["monday1"] = shown.Mondays[1],
            ["opens"] = shown.Opens,
            ["closes"] = shown.Closes,
            ["starts"] = shown.Starts,
            ["closed"] = shown.ClosedDays,
            ["levels"] = new([.. shown.Levels]),
            ["adjacent"] = shown.Adjacent,
            ["trusted"] = shown.Trusted,
            ["singleWeek"] = shown.SingleWeek ? "yes" : "",
        };
        foreach (var (name, value) in shown.Numbers)
            fields[name] = value;
        foreach (var (name, values) in Table(shown.Subjects))
            fields[name] = values;
        foreach (var (name, values) in changed)
            fields[name] = new(values);
        return new(fields);
    }

    /// <summary>As a browser sends the table.</summary>
    private static IEnumerable<(string, StringValues)> Table(IReadOnlyList<SubjectRow> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            yield return (SubjectRows.Field(i, "name"), rows[i].Name);
            yield return (SubjectRows.Field(i, "nameEn"), rows[i].NameEn);
            yield return (SubjectRows.Field(i, "code"), rows[i].Code);
            yield return (SubjectRows.Field(i, "levels"), new([.. rows[i].Levels]));
            if (rows[i].New)
                yield return (SubjectRows.Field(i, "new"), "yes");
            else if (rows[i].Offered)
                yield return (SubjectRows.Field(i, "on"), "yes");
        }
    }

    [Fact]
    public void what_is_shown_and_sent_back_unchanged_is_the_campaign_as_it_is()
    {
        var form = CampaignSettingsForm.Read(Posted());
        form.Faults(Campaign).ShouldBeEmpty();
        var body = form.ToBody(Campaign);
        body.Name.ShouldBe(Campaign.Name);
        body.Weeks!.ShouldBe(Campaign.Weeks.Select(w => new WeekForm(w.Label, w.Monday)));
        body.SlotStarts!.ShouldBe(Campaign.SlotStarts);
        body.ClosedDates!.ShouldBe(Campaign.ClosedDates);
        (body.EnrolmentOpens, body.EnrolmentCloses).ShouldBe((Campaign.EnrolmentOpens, Campaign.EnrolmentCloses));
        body.Levels!.ShouldBe(Campaign.Levels);
        body.TrustedDomains!.ShouldBe(Campaign.TrustedDomains);
        body.Subjects!.Select(s => (s.Code, s.Name, s.NameEn, string.Join(' ', s.Levels!)))
            .ShouldBe([("FR", "Français", "French", "CP 6e"), ("MA", "Mathématiques", "Mathematics", "6e")]);
        body.Rules.ShouldBe(
            new RulesForm
            {
                GroupMin = 3,
                GroupMax = 6,
                ModulesMin = 3,
                ModulesMax = 4,
                ModulesPerDayMax = 1,
                SingleWeek = true,
                AdjacentLevels = body.Rules?.AdjacentLevels,
                FirstWish = 10,
                FurtherWish = 6,
            }
        );
        body.Rules!.AdjacentLevels!.ShouldHaveSingleItem().ShouldBe(["6e", "5e"]);
        form.Version.ShouldBe("7");
    }

    [Theory]
    [InlineData("starts", "9h, le soir", "slotStarts")]
    [InlineData("starts", "24:00", "slotStarts")]
    [InlineData("closed", "31/2/2027", "closedDates")]
    [InlineData("closed", "le 3 février", "closedDates")]
    [InlineData("monday0", "demain", "weeks[0].monday")]
    [InlineData("opens", "bientôt", "enrolmentOpens")]
    [InlineData("closes", "2027-03-28T02:30", "enrolmentCloses")]
    [InlineData("subject.1.name", "", "subjects")]
    [InlineData("groupMax", "six", "rules.groupMax")]
    [InlineData("firstWish", "-1", "rules.firstWish")]
    public void what_cannot_be_read_is_named_beside_its_field_and_the_rest_is_kept(string field, string typed, string fault)
    {
        var posted = Posted((field, [typed]), ("name", ["Autre nom"]), ("levels", ["6e"]));
        var form = CampaignSettingsForm.Read(posted);
        form.Faults(Campaign).Keys.ShouldBe([fault]);
        (form.Name, form.Levels.ShouldHaveSingleItem(), form.ClosedDays).ShouldBe(("Autre nom", "6e", posted["closed"].ToString()));
        var all = string.Join('|', [form.Starts, form.ClosedDays, .. form.Mondays, form.Opens, form.Closes, .. form.Numbers.Values]);
        all.ShouldContain(typed);
    }

    [Fact]
    public void a_subject_without_levels_is_offered_at_all_and_without_an_english_name_keeps_its_own()
    {
        var body = CampaignSettingsForm
            .Read(Posted(("subject.2.name", ["Espagnol"]), ("subject.0.on", []), ("subject.1.levels", []), ("monday1", [""])))
            .ToBody(Campaign);
        body.Subjects!.Select(s => (s.Code, s.Name, s.NameEn, string.Join(' ', s.Levels!)))
            .ShouldBe([("MA", "Mathématiques", "Mathematics", "CP 6e 5e"), ("ESPA", "Espagnol", "Espagnol", "CP 6e 5e")]);
        body.Weeks!.ShouldHaveSingleItem().Label.ShouldBe("A");
    }

    [Theory]
    [InlineData("name", "Autre nom", null)]
    [InlineData("opens", "2027-01-01T08:00", null)]
    [InlineData("closes", "2027-04-01T08:00", true)]
    [InlineData("monday1", "2027-05-03", true)]
    public void only_changed_dates_are_held_against_the_calendar(string field, string typed, bool? kept)
    {
        var body = CampaignSettingsForm.Read(Posted((field, [typed]), ("termReason", ["Inondations"]))).ToBody(Campaign);
        (body.KeepToCalendar, body.TermReason).ShouldBe((kept, "Inondations"));
    }

    private static FormCollection New(params (string Name, string[] Values)[] fields)
    {
        var all = Table(SubjectRows.Usual).ToDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal);
        foreach (var (name, values) in fields)
            all[name] = new(values);
        return new(all);
    }

    [Fact]
    public void a_new_campaign_offers_french_everywhere_and_the_others_from_college_on()
    {
        var body = NewCampaignForm
            .Read(
                New(
                    ("name", ["Toussaint"]),
                    ("mondayA", ["2027-10-18"]),
                    ("opens", ["2027-07-01T08:00"]),
                    ("starts", ["9h; 14 h 00"]),
                    ("closed", ["1er novembre 2027, 2/11/2027"]),
                    ("levels", ["CP", "6e"]),
                    ("subject.1.on", []),
                    ("subject.5.on", ["yes"])
                )
            )
            .ToBody();
        body.Subjects!.Select(s => (s.Code, string.Join(' ', s.Levels!))).ShouldBe([("FR", "CP 6e"), ("SVT", "6e")]);
        body.Weeks!.ShouldBe([new WeekForm("A", new DateOnly(2027, 10, 18))]);
        body.SlotStarts!.ShouldBe([new(9, 0), new(14, 0)]);
        body.ClosedDates!.ShouldBe([new(2027, 11, 1), new(2027, 11, 2)]);
        body.EnrolmentOpens!.Value.ToString("u", CultureInfo.InvariantCulture).ShouldBe("2027-07-01 06:00:00Z");
        body.EnrolmentCloses.ShouldBeNull();
        body.KeepToCalendar.ShouldBe(true);
    }

    [Theory]
    [InlineData("starts", "matin", "slotStarts")]
    [InlineData("closes", "2027-03-28T02:30", "enrolmentCloses")]
    [InlineData("closed", "le 3", "closedDates")]
    public void a_new_campaign_with_a_time_that_cannot_be_read_is_not_sent(string field, string typed, string fault) =>
        NewCampaignForm.Read(New((field, [typed]), ("levels", ["6e"]))).Faults().Keys.ShouldBe([fault]);

    [Fact]
    public void a_subject_that_none_of_the_levels_has_is_named_and_not_dropped() =>
        NewCampaignForm
            .Read(New(("subject.5.on", ["yes"]), ("levels", ["CP"])))
            .Faults()["subjects"]
            .ShouldHaveSingleItem()
            .ShouldContain("SVT");

    [Theory]
    [InlineData("9h, 11h15", "09:00 11:15")]
    [InlineData("9 h, 11 h 15", "09:00 11:15")]
    [InlineData("9H ; 14.30", "09:00 14:30")]
    [InlineData("09:00 11:15 14:00", "09:00 11:15 14:00")]
    [InlineData("9\u00a0h\n16\u00a0h\u00a015", "09:00 16:15")]
    [InlineData("8, 10", "08:00 10:00")]
    [InlineData("", "")]
    [InlineData("9h5", null)]
    [InlineData("25h", null)]
    [InlineData("9h60", null)]
    [InlineData("-9h", null)]
    [InlineData("neuf heures", null)]
    public void hours_are_read_as_people_write_them(string typed, string? times) =>
        (
            Typed.Times(typed) is { } read ? string.Join(' ', read.Select(t => t.ToString("HH:mm", CultureInfo.InvariantCulture))) : null
        ).ShouldBe(times);

    [Theory]
    [InlineData("2027-04-03", 4, 3)]
    [InlineData("3/4/2027", 4, 3)]
    [InlineData("03/04/2027", 4, 3)]
    [InlineData("3 avril 2027", 4, 3)]
    [InlineData("1er mai 2027", 5, 1)]
    [InlineData("samedi 3 avril 2027", 4, 3)]
    [InlineData("3 April 2027", 4, 3)]
    [InlineData("13/13/2027", 0, 0)]
    [InlineData("29 février 2027", 0, 0)]
    [InlineData("avril", 0, 0)]
    public void days_are_read_with_the_day_before_the_month(string typed, int month, int day) =>
        Typed.Day(typed).ShouldBe(month == 0 ? null : new DateOnly(2027, month, day));

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(10, 0, 0, 4)]
    [InlineData(10, 1, 9, 3)]
    [InlineData(10, 2, 10, 2)]
    [InlineData(10, 2, 14, 2)]
    [InlineData(10, 3, 15, 1)]
    public void a_subject_is_warmer_the_fewer_places_it_has(int wishes, int teachers, int seats, int heat) =>
        Heat.OfSubject(wishes, teachers, seats).ShouldBe(heat);

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(10, 10, 1, 1)]
    [InlineData(10, 9, 2, 1)]
    [InlineData(10, 8, 2, 2)]
    [InlineData(10, 5, 2, 2)]
    [InlineData(10, 4, 3, 3)]
    public void a_slot_is_well_when_all_have_room_and_a_territory_when_nearly_all_are_placed(
        int wanted,
        int there,
        int slot,
        int territory
    ) => (Heat.OfRoom(wanted, there), Heat.OfPlaced(wanted, there)).ShouldBe((slot, territory));
}
