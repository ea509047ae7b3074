using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Calendars;
using Stages.Notifications.Campaigns;
using Stages.Notifications.Contacts;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters.Notices;
using Stages.Notifications.Reminders;
using Stages.Notifications.Timetables;

namespace Stages.Notifications.Tests;

/// <summary>What each message means: what is kept, who is told, what it waits for. Pure.</summary>
public sealed class RuleTests
{
    private static readonly Guid Id = Some.Id();
    private static readonly Guid Enrolment = Some.Id();
    private static readonly Guid Offer = Some.Id();
    private static readonly Cause Young = new("message", Samples.At, TimeSpan.FromSeconds(1));
    private static readonly Cause Old = Young with { Age = Families.Patience };

    private static readonly CampaignChanged Opened = Some.CampaignOpened(Id).AsChanged();
    private static readonly KnownCampaign Campaign = Stored<KnownCampaign>(CampaignNews.Keep(null, Opened)).ShouldHaveSingleItem();

    private static readonly EnrolmentAcknowledged Acknowledged = Some.Acknowledged(Id, Enrolment, Some.Guardian("a@rules.example"));
    private static readonly EnrolmentContact Contact = Stored<EnrolmentContact>(Acknowledge(null, Acknowledged).Kept).Single();

    private static readonly OfferDeclared Declared = Some.Offer(Id, Offer, "t@rules.example");
    private static readonly TeacherContact Teacher = Stored<TeacherContact>(
            OfferDeclaredConsumer.Acknowledge(null, Campaign, Declared, Young).Kept
        )
        .Single();

    private static readonly StagePublished Published = Some.Published(Id, Some.Id(), Offer, Some.Modules(new(2021, 4, 12)), Enrolment);
    private static readonly KnownStage Stage = KnownStage.After(null, Published.AsChanged(), Samples.At);

    private static Telling Acknowledge(EnrolmentContact? known, EnrolmentAcknowledged m) =>
        EnrolmentAcknowledgedConsumer.Acknowledge(known, Campaign, m, Young);

    private static IReadOnlyList<T> Stored<T>(Decision decision)
        where T : notnull =>
        [
            .. decision.Effects.OfType<Effect.Insert<T>>().SelectMany(e => e.Documents),
            .. decision.Effects.OfType<Effect.Store<T>>().SelectMany(e => e.Documents),
        ];

    private static void Waits(Telling telling, string key)
    {
        telling.Kept.Waits.ShouldNotBeNull().Key.ShouldBe(key);
        telling.Told.ShouldBeEmpty();
    }

    [Fact]
    public void a_campaign_is_kept_as_of_its_newest_message_and_known_from_then_on()
    {
        CampaignNews.Keep(null, Opened).Known.ShouldHaveSingleItem().ShouldBe($"campaign:{Id}");
        CampaignNews.Keep(Campaign, Opened).ChangesNothing.ShouldBeTrue();
        var renamed = CampaignNews.Keep(Campaign, Opened with { Version = 2, Name = "Été 2021" });
        Stored<KnownCampaign>(renamed).ShouldHaveSingleItem().Name.ShouldBe("Été 2021");
    }

    [Fact]
    public void every_acknowledgement_is_told_and_only_a_newer_one_is_kept()
    {
        var first = Acknowledge(null, Acknowledged);
        first.Told.ShouldHaveSingleItem().To.Address.ShouldBe("a@rules.example");
        first.Kept.Known.ShouldHaveSingleItem().ShouldBe($"enrolment:{Enrolment}");
        var late = Acknowledge(Contact with { Version = 2 }, Acknowledged);
        Stored<EnrolmentContact>(late.Kept).ShouldBeEmpty();
        late.Told.ShouldHaveSingleItem();
    }

    [Fact]
    public void an_erased_family_is_told_nothing()
    {
        var erased = Stored<EnrolmentContact>(EnrolmentErasedConsumer.Erase(Contact, new EnrolmentErased(Enrolment, Id, 2))).Single();
        erased.ShouldSatisfyAllConditions(e => e.Erased.ShouldBeTrue(), e => e.Guardians.ShouldBeEmpty());
        var later = Acknowledge(erased, Acknowledged with { Version = 3 });
        later.Told.ShouldBeEmpty();
        later.Kept.ChangesNothing.ShouldBeTrue();
    }

    [Fact]
    public void an_offer_is_acknowledged_and_its_withdrawal_waits_for_it()
    {
        var withdrawn = new OfferWithdrawn(Offer, Id, 2, Samples.At);
        Waits(OfferWithdrawnConsumer.Withdraw(null, Campaign, withdrawn, Young), $"offer:{Offer}");
        var told = OfferWithdrawnConsumer.Withdraw(Teacher, Campaign, withdrawn, Young);
        told.Told.ShouldHaveSingleItem().To.Address.ShouldBe("t@rules.example");
        Stored<TeacherContact>(told.Kept).ShouldHaveSingleItem().Version.ShouldBe(2);
        OfferWithdrawnConsumer.Withdraw(Teacher.Forget(), Campaign, withdrawn, Young).Told.ShouldBeEmpty();
    }

    [Fact]
    public void waiting_wishes_are_told_once_each()
    {
        var wishes = new WishesLeftWaiting(Enrolment, Id, 1, [new WishWaiting("MA", 3, "full", "Complet", "Full", [], [])]);
        var told = WishesLeftWaitingConsumer.Explain(Campaign, Contact, wishes, Young);
        told.Told.ShouldHaveSingleItem();
        var kept = Stored<EnrolmentContact>(told.Kept).ShouldHaveSingleItem();
        WishesLeftWaitingConsumer.Explain(Campaign, kept, wishes with { Version = 2 }, Young).Told.ShouldBeEmpty();
        WishesLeftWaitingConsumer.Explain(Campaign, kept, wishes, Young).Kept.ChangesNothing.ShouldBeTrue();
        Waits(WishesLeftWaitingConsumer.Explain(Campaign, null, wishes, Young), $"enrolment:{Enrolment}");
        WishesLeftWaitingConsumer.Explain(Campaign, null, wishes, Old).Kept.Waits.ShouldBeNull();
    }

    [Fact]
    public void guardians_of_a_missing_pupil_are_called_and_after_a_while_it_is_listed_that_nobody_was()
    {
        var missing = new Contracts.Classroom.PupilMissing(Published.Modules[0].ModuleId, Stage.Id, Id, Enrolment, Samples.At);
        Waits(PupilMissingConsumer.CallGuardians(Campaign, null, Contact, missing, Young), $"stage:{Stage.Id}");
        Waits(PupilMissingConsumer.CallGuardians(Campaign, Stage, null, missing, Young), $"enrolment:{Enrolment}");
        PupilMissingConsumer.CallGuardians(Campaign, Stage, Contact, missing, Young).Told.ShouldHaveSingleItem();
        var nobody = PupilMissingConsumer.CallGuardians(Campaign, Stage, null, missing, Old).Told.ShouldHaveSingleItem();
        nobody.To.Channel.ShouldBe(Channels.None);
    }

    [Fact]
    public void a_missing_teacher_is_called_and_the_coordination_alarmed()
    {
        var missing = new Contracts.Classroom.TeacherMissing(Published.Modules[0].ModuleId, Stage.Id, Id, Samples.At);
        Recipient[] coordination = [Recipient.Of(null, "", "c@rules.example", null, "fr")];
        TeacherMissingConsumer
            .Alarm(Campaign, Stage, Teacher, coordination, missing, Young)
            .Told.Select(d => d.To.Address)
            .ShouldBe(["c@rules.example", "t@rules.example"]);
        Waits(
            TeacherMissingConsumer.Alarm(Campaign, Stage, null, coordination, missing with { ModuleId = Id }, Young),
            $"stage:{Stage.Id}"
        );
    }

    [Fact]
    public void a_substitute_is_asked_once_stage_and_offer_are_known()
    {
        var invited = new SubstituteInvited(Stage.Id, Id, Offer, Samples.At.AddDays(1));
        Waits(SubstituteInvitedConsumer.Ask(Campaign, null, Teacher, invited, Young), $"stage:{Stage.Id}");
        Waits(SubstituteInvitedConsumer.Ask(Campaign, Stage, null, invited, Young), $"offer:{Offer}");
        SubstituteInvitedConsumer.Ask(Campaign, Stage, Teacher, invited, Young).Told.ShouldHaveSingleItem();
        SubstituteInvitedConsumer.Ask(Campaign, Stage, Teacher.Forget(), invited, Young).Told.ShouldBeEmpty();
    }

    [Fact]
    public void a_stage_waits_for_its_families_by_the_age_of_its_message()
    {
        Families.WaitFor(Enrolment, Young)!.Waits!.Key.ShouldBe($"enrolment:{Enrolment}");
        Families.WaitFor(Enrolment, Old).ShouldBeNull();
        var nobody = new Dictionary<Guid, EnrolmentContact>();
        Families.Complete([Enrolment], nobody, Young).Wait!.Waits!.Until.ShouldBe(Samples.At + Families.Patience);
        var (all, wait) = Families.Complete([Enrolment], nobody, Old);
        wait.ShouldBeNull();
        all[Enrolment].Guardians.ShouldHaveSingleItem().Channel.ShouldBe(Channels.None);
    }

    [Fact]
    public void a_published_stage_is_told_to_families_and_teacher_and_a_cancelled_one_too()
    {
        var people = new StagePeople(
            new Dictionary<Guid, EnrolmentContact> { [Enrolment] = Contact },
            new Dictionary<Guid, TeacherContact> { [Offer] = Teacher },
            new Dictionary<Guid, string>()
        );
        string?[] both = ["a@rules.example", "t@rules.example"];
        StageTelling.Tell(Campaign, null, Stage, StageNews.Of(null, Stage), people, Young).Select(d => d.To.Address).ShouldBe(both);
        StageTelling
            .TellCancelled(Campaign, Stage, new StageCancelled(Stage.Id, Id, 2, "Salle fermée"), people, Young)
            .Select(d => d.To.Address)
            .ShouldBe(both);
    }

    [Fact]
    public void a_forgotten_person_is_taken_out_of_contacts_and_their_calendar_goes()
    {
        var person = Contact.Guardians.Single().PersonId;
        var erased = Erasure.Erase(person, [Contact], [Teacher]);
        Stored<EnrolmentContact>(erased).ShouldHaveSingleItem().Guardians.ShouldBeEmpty();
        Stored<TeacherContact>(erased).ShouldHaveSingleItem().Teacher.ShouldBeNull();
        erased.Effects.OfType<Effect.Delete<PersonalCalendar>>().ShouldHaveSingleItem().Id.ShouldBe(person);
        erased.Effects.OfType<Effect.Sql>().ShouldHaveSingleItem().Parameters.ShouldBe([person]);
    }

    [Fact]
    public void a_feed_keeps_its_secret_until_another_is_wanted()
    {
        var made = PersonalCalendars.Give(null, Id, "en", renew: false, Samples.At);
        var calendar = Stored<PersonalCalendar>(made.What).ShouldHaveSingleItem();
        made.Result.ShouldBe(calendar.Secret);

        var same = PersonalCalendars.Give(calendar, Id, "fr", renew: false, Samples.At);
        same.What.ChangesNothing.ShouldBeTrue();
        same.Result.ShouldBe(calendar.Secret);

        var renewed = PersonalCalendars.Give(calendar, Id, "fr", renew: true, Samples.At);
        renewed.Result.ShouldNotBe(calendar.Secret);
        Stored<PersonalCalendar>(renewed.What).ShouldHaveSingleItem().Language.ShouldBe("en");
    }

    [Fact]
    public void people_are_reminded_of_what_is_still_to_come_and_unmoved_and_of_nothing_twice()
    {
        var known = new KnownPeople(
            new Dictionary<Guid, KnownStage> { [Stage.Id] = Stage },
            new Dictionary<Guid, EnrolmentContact> { [Enrolment] = Contact },
            new Dictionary<Guid, TeacherContact> { [Offer] = Teacher },
            new Dictionary<Guid, KnownCampaign> { [Id] = Campaign }
        );
        var reminder = Reminder.Of(Stage).First(r => r.When == Reminder.Hour);
        IEnumerable<string?> Told(Reminder due, DateTimeOffset now) =>
            RemindPeople.Remind(Reminder.Hour, [due], known, now).Select(d => d.To.Address);

        Told(reminder, reminder.DueAt).ShouldBe(["a@rules.example", "t@rules.example"], ignoreOrder: true);
        Told(reminder, reminder.StartsAt).ShouldBeEmpty();
        Told(reminder with { StartsAt = reminder.StartsAt.AddMinutes(5) }, reminder.DueAt).ShouldBeEmpty();
        var done = RemindPeople.Done([reminder]).Effects.ShouldHaveSingleItem();
        done.ShouldBeOfType<Effect.Delete<Reminder>>().Id.ShouldBe(reminder.Id);
    }

    [Fact]
    public void moved_modules_are_reminded_of_anew_and_gone_ones_no_more()
    {
        var early = Stage.Modules[0].StartsAt.AddDays(-30);
        var first = Reminder.Replan(null, Stage, early);
        Stored<Reminder>(first).Select(r => r.When).Distinct().ShouldBe([Reminder.Day, Reminder.Hour], ignoreOrder: true);
        var cancelled = Stage.CancelledBy(new StageCancelled(Stage.Id, Id, 2, "Salle fermée"), early);
        var none = Reminder.Replan(Stage, cancelled, early);
        Stored<Reminder>(none).ShouldBeEmpty();
        none.Effects.OfType<Effect.Delete<Reminder>>()
            .Select(d => d.Id)
            .ShouldBe(Stored<Reminder>(first).Select(r => r.Id), ignoreOrder: true);
        Stored<Reminder>(Reminder.Replan(null, Stage, early.AddYears(1))).ShouldBeEmpty();
    }

    [Fact]
    public void a_place_that_must_be_answered_is_reminded_of_once_while_it_is_open()
    {
        var asked = KnownStage.After(
            null,
            Published.AsChanged() with
            {
                Pupils = [new PupilPlaced(Enrolment, "MA", AnswerBefore: Samples.At.AddDays(2))],
            },
            Samples.At
        );
        var reminder = Stored<AnswerReminder>(AnswerReminder.Plan(null, asked, Samples.At)).ShouldHaveSingleItem();
        reminder.DueAt.ShouldBe(Samples.At.AddDays(1));
        Stored<AnswerReminder>(AnswerReminder.Plan(asked, asked, Samples.At)).ShouldBeEmpty();
        // An hour before the stage begins the place itself is news enough; with five hours left, half of them.
        Stored<AnswerReminder>(AnswerReminder.Plan(null, asked, Samples.At.AddHours(47))).ShouldBeEmpty();
        Stored<AnswerReminder>(AnswerReminder.Plan(null, asked, Samples.At.AddHours(42))).Single().DueAt.ShouldBe(Samples.At.AddHours(45));

        IEnumerable<Delivery> Told(KnownStage stage, DateTimeOffset now) => RemindOfAnswers.Remind(reminder, stage, Contact, Campaign, now);
        var told = Told(asked, reminder.DueAt).ShouldHaveSingleItem();
        told.Notice.Write(Samples.Pen("fr")).Blocks.OfType<Letters.Says>().ShouldContain(s => s.Text.Contains("avant le dimanche 4 avril"));
        Told(asked, reminder.Before).ShouldBeEmpty();
        Told(asked.Answered(Enrolment), reminder.DueAt).ShouldBeEmpty();
        Told(asked with { Cancelled = true }, reminder.DueAt).ShouldBeEmpty();
        var confirmed = PlacementConfirmedConsumer.Note(asked, new PlacementConfirmed(Enrolment, Id, asked.Id, "MA"), Samples.At);
        Stored<KnownStage>(confirmed.Kept).ShouldHaveSingleItem().AnswerBefore([Enrolment]).ShouldBeNull();
        Waits(
            PlacementConfirmedConsumer.Note(null, new PlacementConfirmed(Enrolment, Id, asked.Id, "MA"), Samples.At),
            $"stage:{asked.Id}"
        );
    }

    [Fact]
    public void a_declined_place_is_one_message_and_no_waiting_list()
    {
        var declined = Acknowledged with { Version = 2, What = "declined", Wishes = [new WishMade("MA", 1)], At = Samples.At };
        PlaceGivenUp.Tells(Stage, declined).ShouldBeTrue();
        PlaceGivenUp.Tells(Stage with { Cancelled = true }, declined).ShouldBeFalse();
        PlaceGivenUp.Tells(Stage, declined with { Wishes = [new WishMade("FR", 1)] }).ShouldBeFalse();
        var kept = EnrolmentAcknowledgedConsumer.Acknowledge(Contact, Campaign, declined, Young, told: true);
        kept.Told.ShouldBeEmpty();
        var contact = Stored<EnrolmentContact>(kept.Kept).Single();

        var gone = KnownStage.After(Stage, Published.AsChanged() with { Version = 2, Pupils = [] }, Samples.At);
        var news = StageNews.Of(Stage, gone) with { Gone = new Dictionary<Guid, string> { [Enrolment] = "declined" } };
        var people = new StagePeople(
            new Dictionary<Guid, EnrolmentContact> { [Enrolment] = contact },
            new Dictionary<Guid, TeacherContact> { [Offer] = Teacher },
            new Dictionary<Guid, string>()
        );
        var told = StageTelling.Tell(Campaign, Stage, gone, news, people, Young).Single(d => d.To.Address == "a@rules.example");
        told.Notice.Kind.ShouldBe("place-declined");
        PlaceGivenUp.Tells(gone, declined).ShouldBeTrue("it was the stage that said so, which came first");

        var wishes = new WishesLeftWaiting(Enrolment, Id, 1, [new WishWaiting("MA", 3, "full", "Complet", "Full", [], [])]);
        var waiting = WishesLeftWaitingConsumer.Explain(Campaign, contact, wishes, Young);
        waiting.Told.ShouldBeEmpty();
        Stored<EnrolmentContact>(waiting.Kept).Single().Waiting.ShouldBeNull();
        contact.Given("MA").Gave("MA").ShouldBeFalse();
    }

    [Fact]
    public void two_children_of_one_name_are_told_apart_and_a_calendar_keeps_the_name_that_it_was_told()
    {
        EnrolmentContact Kept(Telling telling, Guid id) => Stored<EnrolmentContact>(telling.Kept).Single(c => c.Id == id);
        EnrolmentAcknowledged Lea(Guid id, string family) =>
            Acknowledged with
            {
                EnrolmentId = id,
                PupilFirstName = "Léa",
                PupilLastName = family,
            };
        Telling Told(Guid id, string family, params EnrolmentContact[] others) =>
            EnrolmentAcknowledgedConsumer.Acknowledge(null, Campaign, Lea(id, family), Young, false, new Siblings(others, InNoStage));

        var (one, other) = (Some.Id(), Some.Id());
        var first = Kept(Told(one, "Martin"), one);
        first.Pupil.ShouldBe("Léa");
        var second = Told(other, "Dupont", first);
        Kept(second, other).Pupil.ShouldBe("Léa D.");
        Kept(second, one).Pupil.ShouldBe("Léa M.");
        second.Told.Single().Notice.ShouldBeOfType<EnrolmentNotice>().Pupil.ShouldBe("Léa D.");

        var placed = new Siblings([first], new HashSet<Guid> { one });
        var late = EnrolmentAcknowledgedConsumer.Acknowledge(null, Campaign, Lea(other, "Dupont"), Young, false, placed);
        Stored<EnrolmentContact>(late.Kept).ShouldHaveSingleItem().Pupil.ShouldBe("Léa D.");
    }

    [Fact]
    public void an_enrolment_that_ended_in_another_one_tells_nobody_and_has_nobody_to_tell()
    {
        var known = Contact with { Version = 1 };
        var ended = Acknowledged with { Version = 2, What = "merged-into", Guardians = [], Accounts = [] };
        var telling = EnrolmentAcknowledgedConsumer.Acknowledge(known, Campaign, ended, Young);
        telling.Told.ShouldBeEmpty();
        var left = Stored<EnrolmentContact>(telling.Kept).Single();
        (left.Guardians.Count, left.People.Length, left.Standing, left.Waiting).ShouldBe((0, 0, null, null));
    }

    private static readonly HashSet<Guid> InNoStage = [];

    [Fact]
    public void a_teacher_is_told_what_was_decided_about_them_and_whoever_is_forgotten_is_not()
    {
        var refused = new TeacherAnswered(Offer, Id, 2, "refused", " Identité non vérifiée ", Samples.At);
        var told = TeacherAnsweredConsumer.Answer(Teacher, Campaign, refused, Young).Told.ShouldHaveSingleItem();
        (told.To, told.Notice.Kind).ShouldBe((Teacher.Teacher, "teacher-refused"));
        told.Notice.ShouldBeOfType<AcceptanceNotice>().Reason.ShouldNotBeNull().ShouldContain("Identité non vérifiée");
        var accepted = refused with { Answer = "accepted", Reason = null };
        TeacherAnsweredConsumer.Answer(Teacher, Campaign, accepted, Young).Told.Single().Notice.Kind.ShouldBe("teacher-accepted");
        Waits(TeacherAnsweredConsumer.Answer(null, Campaign, refused, Young), $"offer:{Offer}");
        TeacherAnsweredConsumer.Answer(Teacher.Forget(), Campaign, refused, Young).Told.ShouldBeEmpty();
    }

    [Fact]
    public void who_lost_a_stage_is_not_called_to_its_class()
    {
        var gone = KnownStage.After(Stage, Published.AsChanged() with { Version = 9, TeacherGone = true, TeacherId = null }, Samples.At);
        StageNews.Of(Stage, gone).Enrolments.ShouldBeEmpty();
        // What is left to tell is that the sessions are theirs no more; then nothing.
        StageNews.Of(Stage, gone).FormerTeacher.ShouldBe(Offer);
        StageNews.Of(Stage, gone).TellsTeacher.ShouldBeFalse();
        var moved = gone with { Version = 10, Modules = [gone.Modules[0]], Enrolments = [] };
        StageNews.Of(gone, moved).Teachers(moved).ShouldBeEmpty();
        var known = new KnownPeople(
            new Dictionary<Guid, KnownStage> { [Stage.Id] = gone },
            new Dictionary<Guid, EnrolmentContact> { [Enrolment] = Contact },
            new Dictionary<Guid, TeacherContact> { [Offer] = Teacher },
            new Dictionary<Guid, KnownCampaign> { [Id] = Campaign }
        );
        var reminders = Reminder.Of(gone).Where(r => r.When == Reminder.Hour).ToArray();
        var before = reminders[0].StartsAt.AddHours(-1);
        RemindPeople.Remind(Reminder.Hour, reminders, known, before).Select(d => d.To).ShouldNotContain(Teacher.Teacher);
        RemindPeople
            .Remind(Reminder.Hour, reminders, known with { Stages = new Dictionary<Guid, KnownStage> { [Stage.Id] = Stage } }, before)
            .Select(d => d.To)
            .ShouldContain(Teacher.Teacher);
    }

    [Fact]
    public void a_forgotten_teacher_leaves_the_offers_id_whichever_comes_first()
    {
        var forgotten = new OfferForgotten(Offer, Id, 5);
        var left = Stored<TeacherContact>(OfferForgottenConsumer.Forget(Teacher, forgotten)).Single();
        left.ShouldSatisfyAllConditions(t => t.Teacher.ShouldBeNull(), t => t.PersonId.ShouldBeNull(), t => t.Version.ShouldBe(5));
        var unknown = OfferForgottenConsumer.Forget(null, forgotten);
        unknown.Known.ShouldHaveSingleItem().ShouldBe($"offer:{Offer}");
        OfferDeclaredConsumer.Acknowledge(Stored<TeacherContact>(unknown).Single(), Campaign, Declared, Young).Told.ShouldBeEmpty();
    }

    [Fact]
    public void a_stage_is_news_until_a_week_after_its_last_module()
    {
        var last = Stage.Modules.Max(m => m.StartsAt);
        Stage.IsLongOver(last.AddDays(7)).ShouldBeFalse();
        Stage.IsLongOver(last.AddDays(7).AddMinutes(1)).ShouldBeTrue();
        (Stage with { Modules = [] }).IsLongOver(last.AddYears(1)).ShouldBeFalse();
    }

    [Fact]
    public void the_coordinators_are_told_of_a_report_and_nobody_else()
    {
        var reported = new Stages.Contracts.Classroom.PersonReported(Some.Id(), Published.Modules[0].ModuleId, Stage.Id, Id, Samples.At);
        Recipient[] coordination = [Recipient.Of(null, "", "one@rules.example", null, "fr")];
        var told = PersonReportedConsumer.Tell(Campaign, Stage, coordination, reported, Young).Told.ShouldHaveSingleItem();
        (told.To, told.Notice).ShouldBe((coordination[0], new ReportedNotice(Stage.Facts(Campaign))));
        Waits(PersonReportedConsumer.Tell(Campaign, null, coordination, reported, Young), $"stage:{Stage.Id}");
    }
}
