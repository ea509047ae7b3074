using System.Globalization;
using Stages.Scheduling.Campaigns;

namespace Stages.Scheduling.Tests;

/// <summary>What a campaign may be, and what may change in it.</summary>
public sealed class CampaignTests
{
    private static readonly OpenCampaign Form = new()
    {
        Name = "Printemps 2021",
        Academy = "Montpellier",
        Zone = "C",
        TimeZone = "Europe/Paris",
        Weeks = [new("A", new(2021, 4, 12)), new("B", new(2021, 4, 19))],
        EnrolmentOpens = Some.Now,
        EnrolmentCloses = Some.Now.AddDays(9),
        Subjects = [new("FR", "Français", null)],
    };

    public static readonly TheoryData<string, string> Faults = new()
    {
        { "{\"weeks\":[{\"label\":\"A\",\"monday\":\"2021-04-13\"}]}", "weeks[0].monday" },
        { "{\"weeks\":[{\"label\":\"A\",\"monday\":\"2021-04-12\"},{\"label\":\"A\",\"monday\":\"2021-04-19\"}]}", "weeks" },
        { "{\"slotStarts\":[\"09:00\",\"10:30\"]}", "slotStarts" },
        { "{\"slotStarts\":[\"23:00\"]}", "slotStarts" },
        { "{\"timeZone\":\"Europe/Montpellier\"}", "timeZone" },
        { "{\"zone\":\"D\"}", "zone" },
        { "{\"levels\":[\"7e\"]}", "levels[0]" },
        { "{\"levels\":[\"CP\"],\"subjects\":[{\"code\":\"FR\",\"name\":\"Français\",\"levels\":[\"6e\"]}]}", "subjects" },
        { "{\"enrolmentCloses\":\"2021-02-01T00:00:00Z\"}", "enrolmentCloses" },
        { "{\"rules\":{\"groupMin\":5,\"groupMax\":4}}", "rules.groupMax" },
        { "{\"rules\":{\"modulesMin\":6,\"modulesMax\":6}}", "rules.modulesMin" },
        { "{\"subjects\":[]}", "subjects" },
    };

    [Fact]
    public void the_usual_values_are_filled_in()
    {
        new OpenCampaignValidator().Validate(Form).IsValid.ShouldBeTrue();
        var plan = ((CampaignForm)Form).ToPlan();
        plan.SlotStarts.ShouldBe([new(9, 0), new(11, 15), new(14, 0), new(16, 15)]);
        plan.ModuleMinutes.ShouldBe(120);
        plan.Levels.Count.ShouldBe(12);
        (
            plan.Rules.GroupMin,
            plan.Rules.GroupMax,
            plan.Rules.ModulesMin,
            plan.Rules.ModulesMax,
            plan.Rules.ModulesPerDayMax,
            plan.Rules.SingleWeek
        ).ShouldBe((3, 6, 3, 4, 1, true));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void a_fault_is_named_by_its_field(string change, string field)
    {
        var merged = JsonSerializer.SerializeToNode(Form, SchedulingService.Json)!.AsObject();
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(change)!)
            merged[name] = System.Text.Json.Nodes.JsonNode.Parse(value.GetRawText());
        var result = new OpenCampaignValidator().Validate(merged.Deserialize<OpenCampaign>(SchedulingService.Json)!);
        Validation.ByField(result).Keys.ShouldContain(field);
    }

    /// <summary>Zone C: winter from 8 February, spring from 5 April 2027; what the file does not know is nobody's term.</summary>
    [Theory]
    [InlineData("C", "2027-02-08", "2027-02-15", null)]
    [InlineData("C", "2027-02-01", "2027-02-08", "2027-02-01")]
    [InlineData("A", "2027-02-08", "2027-02-15", "2027-02-08")]
    [InlineData("B", "2027-03-01", "2027-03-08", "2027-03-08")]
    [InlineData("C", "2027-08-23", "2027-08-30", null)]
    [InlineData("C", "2026-08-24", "2026-08-31", "2026-08-31")]
    [InlineData("C", "2021-05-03", "2021-05-10", null)]
    [InlineData("C", "2041-05-06", "2041-05-13", null)]
    public void weeks_of_school_want_a_reason_where_the_calendar_counts(string zone, string first, string second, string? term)
    {
        var form = Form with { Zone = zone, Weeks = [new("A", Day(first)), new("B", Day(second))], KeepToCalendar = true };
        form = form with { EnrolmentOpens = At(form.Weeks![0].Monday!.Value.AddDays(-30)), EnrolmentCloses = At(Day(first).AddDays(-3)) };
        var faults = Validation.ByField(new OpenCampaignValidator().Validate(form));
        faults.Keys.ShouldBe(term is null ? [] : ["termReason"]);
        if (term is not null)
            faults["termReason"].ShouldHaveSingleItem().ShouldContain(Day(term).Year.ToString(CultureInfo.InvariantCulture));
        Validates(form with { TermReason = "  " }).ShouldBe(term is null);
        Validates(form with { TermReason = "Rattrapage après des inondations" }).ShouldBeTrue();
        Validates(form with { KeepToCalendar = null }).ShouldBeTrue();
        ((CampaignForm)form with { TermReason = " Inondations " }).ToPlan().TermReason.ShouldBe("Inondations");
    }

    [Theory]
    [InlineData("2027-02-07T22:59:00Z", true)]
    [InlineData("2027-02-07T23:00:00Z", true)]
    [InlineData("2027-02-07T23:01:00Z", false)]
    [InlineData("2027-02-20T12:00:00Z", false)]
    public void enrolment_closes_before_the_first_week_where_the_calendar_counts(string closes, bool taken)
    {
        var form = Form with
        {
            Weeks = [new("B", new(2027, 2, 15)), new("A", new(2027, 2, 8))],
            EnrolmentOpens = At(new(2027, 1, 4)),
            EnrolmentCloses = DateTimeOffset.Parse(closes, CultureInfo.InvariantCulture),
        };
        Validates(form).ShouldBeTrue();
        Validation
            .ByField(new OpenCampaignValidator().Validate(form with { KeepToCalendar = true }))
            .Keys.ShouldBe(taken ? [] : ["enrolmentCloses"]);
    }

    [Fact]
    public void a_campaign_closes_by_itself_a_week_after_its_end()
    {
        var campaign = Opened();
        // Its last day is Sunday 25 April 2021.
        var end = new DateTimeOffset(2021, 4, 25, 23, 59, 59, TimeSpan.Zero);
        CloseOver.Decide(null, end.AddDays(9)).Events.ShouldBeEmpty();
        CloseOver.Decide(campaign, end.AddDays(6.9)).Events.ShouldBeEmpty();
        var closed = CloseOver.Decide(campaign, end.AddDays(7.1)).Events.ShouldHaveSingleItem().ShouldBeOfType<CampaignClosed>();
        closed.By.ShouldBe(Actor.System);
        CloseOver.Decide(campaign.Apply(closed), end.AddDays(8)).Events.ShouldBeEmpty();
        // While one can enrol it is not over, whatever its weeks.
        var open = campaign with
        {
            Plan = campaign.Plan with { EnrolmentCloses = end.AddDays(60) },
        };
        CloseOver.Decide(open, end.AddDays(30)).Events.ShouldBeEmpty();
    }

    private static bool Validates(OpenCampaign form) => new OpenCampaignValidator().Validate(form).IsValid;

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    [Fact]
    public void the_grid_stands_once_people_have_answered_on_it()
    {
        var campaign = Opened();
        var change = Change() with { SlotStarts = [new(8, 0), new(10, 0)] };
        ChangeCampaignEndpoint
            .Decide(campaign, change, new CampaignUse(true, ["6e"], ["FR"]), Some.By, Some.Now)
            .Refusal.ShouldBeOfType<CampaignInUse>();
        ChangeCampaignEndpoint
            .Decide(campaign, change, new CampaignUse(false, [], []), Some.By, Some.Now)
            .Events.ShouldHaveSingleItem()
            .ShouldBeOfType<CampaignChanged>();
    }

    [Fact]
    public void a_level_asked_for_stays_and_dates_may_change()
    {
        var use = new CampaignUse(true, ["6e"], ["FR"]);
        ChangeCampaignEndpoint
            .Decide(Opened(), Change() with { Levels = ["CP"] }, use, Some.By, Some.Now)
            .Refusal.ShouldBeOfType<CampaignInUse>();
        ChangeCampaignEndpoint
            .Decide(Opened(), Change() with { EnrolmentCloses = Some.Now.AddDays(30) }, use, Some.By, Some.Now)
            .Refusal.ShouldBeNull();
    }

    [Fact]
    public void closing_ends_enrolment_and_every_change()
    {
        var closed = Opened().Apply(new CampaignClosed(Some.By, Some.Now.AddDays(1)));
        closed.Plan.EnrolmentCloses.ShouldBe(Some.Now.AddDays(1));
        CloseCampaign.Decide(closed, Some.By, Some.Now).Events.ShouldBeEmpty();
        ChangeCampaignEndpoint
            .Decide(closed, Change(), new CampaignUse(false, [], []), Some.By, Some.Now)
            .Refusal.ShouldBeOfType<CampaignIsClosed>();
    }

    private static Campaign Opened() =>
        Campaign.Create(new CampaignOpened(Some.CampaignId, ((CampaignForm)Form).ToPlan(), Some.By, Some.Now));

    private static ChangeCampaign Change() =>
        new()
        {
            Name = Form.Name,
            Academy = Form.Academy,
            Zone = Form.Zone,
            TimeZone = Form.TimeZone,
            Weeks = Form.Weeks,
            EnrolmentOpens = Form.EnrolmentOpens,
            EnrolmentCloses = Form.EnrolmentCloses,
            Subjects = Form.Subjects,
        };
}
