using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stages.Api.Notification;
using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Campaigns;
using Stages.Notifications.Contacts;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters.Notices;
using Stages.Notifications.Log;
using Stages.Notifications.Timetables;

namespace Stages.Notifications.Tests;

/// <summary>What concerns a territory is told to those who coordinate it, and to nobody who coordinates another.</summary>
public sealed class CoordinationTests(NotificationService service)
{
    private static readonly IConfiguration Configured = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Alarms:To"] = "alarm@coord.example" })
        .Build();

    private static readonly KnownCampaign Campaign = new(
        Some.Id(),
        1,
        "Printemps",
        "Europe/Paris",
        new Dictionary<string, Vocabulary.LocalText>(StringComparer.Ordinal)
    );

    private static KnownCoordinators Known(params (string Email, string? Territory)[] people) =>
        new(KnownCoordinators.TheId, Samples.At, [.. people.Select(p => new CoordinatorAddress($"{p.Email}@coord.example", p.Territory))]);

    private static string[] To(KnownCoordinators? known, params string?[] schools) =>
        [.. Coordination.Of(known, schools, Configured).Select(r => r.Email!.Split('@')[0])];

    [Fact]
    public void those_of_the_territory_hear_then_those_of_all_then_who_is_configured()
    {
        var known = Known(("herault", "034"), ("herault2", "034"), ("gard", "030"), ("school", "0340001A"), ("whole", null));
        To(known, "0340002B").ShouldBe(["herault", "herault2"]);
        To(known, "0340001A").ShouldBe(["herault", "herault2", "school"]);
        To(known, "0340002B", "0300001C", "0340002B").ShouldBe(["herault", "herault2", "gard"]);
        To(known, "0480001D").ShouldBe(["whole"]);
        To(known, "0340002B", "0480001D").ShouldBe(["herault", "herault2", "whole"], "each school has somebody");
        To(known, (string?)null).ShouldBe(["whole"]);
        To(known).ShouldBe(["whole"]);
        To(Known(("gard", "030")), "0340002B").ShouldBe(["alarm"]);
        To(null, "0340002B").ShouldBe(["alarm"]);
    }

    [Fact]
    public void an_older_list_does_not_replace_a_newer_one()
    {
        var said = new CoordinatorsNow(Samples.At.AddMinutes(1), [new("b@coord.example", null), new("a@coord.example", "034")]);
        var kept = KnownCoordinators
            .Keep(Known(("x", null)), said)
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Store<KnownCoordinators>>()
            .Documents.ShouldHaveSingleItem();
        kept.People.Select(p => p.Email).ShouldBe(["a@coord.example", "b@coord.example"]);
        KnownCoordinators.Keep(kept, said).ShouldBe(Decision.Nothing);
        KnownCoordinators.Keep(kept, said with { At = Samples.At }).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void an_objection_is_told_without_a_name_and_leads_to_its_file()
    {
        var objected = new GuardianObjected(Some.Id(), Campaign.Id, "0340002B", Samples.At);
        var to = Coordination.Of(Known(("herault", "034")), ["0340002B"], Configured);
        var cause = new Cause("message", Samples.At, TimeSpan.Zero);
        var told = GuardianObjectedConsumer.Tell(Campaign, to, objected, cause).Told.ShouldHaveSingleItem();
        told.To.Email.ShouldBe("herault@coord.example");
        told.Notice.ShouldBe(new ObjectionNotice(Campaign.Id, "Printemps", objected.EnrolmentId));
        told.About.SchoolUai.ShouldBe("0340002B");
    }

    [Fact]
    public void each_coordinator_is_reminded_of_their_own_teachers_and_the_alarm_address_of_those_whom_nobody_has()
    {
        var known = Known(("herault", "034"), ("gard", "030"));
        (string, int)[] Told(KnownCoordinators? coordinators, params TeachersWaitingAt[]? places)
        {
            var waiting = new TeachersWaiting(Campaign.Id, 7, Samples.At.AddDays(-3), Samples.At, places);
            var cause = new Cause("message", Samples.At, TimeSpan.Zero);
            var told = TeachersWaitingConsumer.Remind(Campaign, coordinators, Configured, waiting, cause).Told;
            return [.. told.Select(d => (d.To.Email!.Split('@')[0], ((TeachersWaitingNotice)d.Notice).Count))];
        }
        Told(known, new("0340001A", 2), new("0340002B", 1), new("030", 4)).ShouldBe([("herault", 3), ("gard", 4)]);
        Told(known, new("0340001A", 2), new("0480001D", 1), new(null, 3)).ShouldBe([("herault", 2), ("alarm", 4)]);
        Told(Known(("herault", "034"), ("whole", null)), new("0340001A", 2), new("0480001D", 1)).ShouldBe([("herault", 2), ("whole", 1)]);
        Told(null, new("0340001A", 2), new("0480001D", 5)).ShouldBe([("alarm", 7)]);
        // From a version that did not say where.
        Told(Known(("whole", null)), null).ShouldBe([("whole", 7)]);
    }

    private const string School = "0340002B";
    private static readonly Cause Happened = new("message", Samples.At, TimeSpan.Zero);

    private static readonly StagePublished Published = Some.Published(
        Campaign.Id,
        Some.Id(),
        Some.Id(),
        Some.Modules(new(2021, 4, 12)),
        Some.Id()
    );

    /// <summary>Each letter to coordinators, as its consumer makes it.</summary>
    private static readonly Dictionary<string, Func<KnownCoordinators?, IEnumerable<Delivery>>> ToStaff = new(StringComparer.Ordinal)
    {
        [ObjectionNotice.Name] = known =>
            GuardianObjectedConsumer
                .Tell(Campaign, Of(known), new GuardianObjected(Some.Id(), Campaign.Id, School, Samples.At), Happened)
                .Told,
        [ReportedNotice.Name] = known =>
            PersonReportedConsumer
                .Tell(
                    Campaign,
                    KnownStage.After(null, Published.AsChanged(), Samples.At),
                    Of(known),
                    new Stages.Contracts.Classroom.PersonReported(Some.Id(), Some.Id(), Published.StageId, Campaign.Id, Samples.At),
                    Happened
                )
                .Told,
        [CheckFailedNotice.Name] = known =>
            CheckFailedConsumer
                .Tell(Campaign, Of(known), new Stages.Contracts.Classroom.CheckFailed(Campaign.Id, [School], "pupil", Samples.At), Happened)
                .Told,
        [UnreachedNotice.Name] = known =>
            TellUnreached.Letters(Campaign, known, [new(Campaign.Id, Some.Id(), School)], Configured, Samples.At),
        [TeachersWaitingNotice.Name] = known =>
            TeachersWaitingConsumer
                .Remind(Campaign, known, Configured, new(Campaign.Id, 1, null, Samples.At, [new(School, 1)]), Happened)
                .Told,
    };

    private static IReadOnlyList<Recipient> Of(KnownCoordinators? known) => Coordination.Of(known, [School], Configured);

    [Fact]
    public void each_coordinator_reads_their_own_language_in_every_letter_to_staff()
    {
        // A class without its teacher is an alarm, for who watches; see the decision.
        var pen = Samples.Pen("fr");
        Samples
            .All.Values.Where(n => n is not TeacherMissingNotice && n.Write(pen).Because == pen.BecauseCoordination)
            .Select(n => n.Kind)
            .Distinct()
            .ShouldBe(ToStaff.Keys, ignoreOrder: true);
        KnownCoordinators known = new(
            KnownCoordinators.TheId,
            Samples.At,
            [new("lou@coord.example", "034", "en"), new("anne@coord.example", "034", "fr"), new("new@coord.example", "034")]
        );
        foreach (var (kind, told) in ToStaff)
        {
            told(known).Select(d => d.To.Language).ShouldBe(["en", "fr", "fr"], kind);
            told(null).Select(d => d.To.Language).ShouldBe(["fr"], kind);
        }
    }

    [Fact]
    public void each_guardian_reads_of_what_the_other_did_in_their_own_language()
    {
        foreach (var what in new[] { "submitted", "changed", "withdrawn", "declined", "guardian-left", "merged" })
        {
            var guardians = new[] { ("anne@coord.example", "fr"), ("lou@coord.example", "en") };
            var m = Some.Acknowledged(
                Campaign.Id,
                Some.Id(),
                [.. guardians.Select(g => new GuardianToTell(null, "Un parent", g.Item1, null, g.Item2))]
            ) with
            {
                What = what,
                By = Vocabulary.PersonId.FromEmail("anne@coord.example"),
            };
            var told = EnrolmentAcknowledgedConsumer.Acknowledge(null, Campaign, m, Happened).Told;
            told.Select(d => (d.To.Email!, d.To.Language)).ShouldBe(guardians, what);
        }
    }

    [Fact]
    public void families_that_nothing_reaches_are_each_coordinators_own_and_one_letter_a_day()
    {
        var families = Enumerable.Range(0, 25).Select(_ => new Unreached(Campaign.Id, Some.Id(), "0340002B")).ToList();
        families.Add(new(Campaign.Id, Some.Id(), "0300001C"));
        var known = Known(("herault", "034"), ("gard", "030"));
        var letters = TellUnreached.Letters(Campaign, known, families, Configured, Samples.At);
        letters.Select(l => l.To.Email).ShouldBe(["herault@coord.example", "gard@coord.example"]);
        var notices = letters.Select(l => (UnreachedNotice)l.Notice).ToList();
        notices.Select(n => (n.Count, n.Enrolments.Count)).ShouldBe([(25, UnreachedNotice.Most), (1, 1)]);
        notices[1].Enrolments.ShouldBe([families[^1].EnrolmentId]);
        var again = TellUnreached.Letters(Campaign, known, families, Configured, Samples.At.AddHours(3));
        again.Select(l => l.Id).ShouldBe(letters.Select(l => l.Id), "once a day");
    }

    [Fact]
    public async Task what_the_portal_says_is_who_hears_of_an_objection_and_of_families_that_nothing_reaches()
    {
        await service.Ready;
        using var portal = service.Client("service", "portal@example.org");
        var said = new { at = TimeProvider.System.GetUtcNow(), people = new[] { new { email = "lot@coord.example", territory = "046" } } };
        (await portal.PutAsJsonAsync("/internal/coordinators", said)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var family = service.Client("family", "anne@coord.example");
        (await family.PutAsJsonAsync("/internal/coordinators", said)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        await service.Say(new GuardianObjected(Some.Id(), service.Campaign, "0460001A", TimeProvider.System.GetUtcNow()));
        (await service.Mailbox.Gets("lot@coord.example")).ShouldHaveSingleItem().Subject!.ShouldContain("n’est pas d’accord");
        var now = TimeProvider.System.GetUtcNow();
        await service.Say(new TeachersWaiting(service.Campaign, 2, now.AddDays(-2), now, [new("0460001A", 2)]));
        var reminded = await service.Mailbox.GetsOne("lot@coord.example", TeachersWaitingNotice.Name);
        reminded.TextBody!.ShouldContain("2 enseignants attendent");

        var enrolment = Some.Id();
        await service.Say(
            Some.Acknowledged(service.Campaign, enrolment, new GuardianToTell(Some.Id(), "Anne", null, "04 67 12 34 56", "fr"))
        );
        var unreached = service.Services.GetRequiredService<TellUnreached>();
        var found = await Eventually.Is(() => unreached.Find(CancellationToken.None), all => all.Any(u => u.EnrolmentId == enrolment));
        found.Single(u => u.EnrolmentId == enrolment).CampaignId.ShouldBe(service.Campaign);
    }
}
