using CsCheck;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Calendars;
using Stages.Notifications.Campaigns;
using Stages.Notifications.Contacts;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;
using Stages.Notifications.Timetables;
using Stages.Vocabulary;

namespace Stages.Notifications.Tests;

/// <summary>
/// Whatever becomes of a stage: who keeps a calendar by the invitations in our mails has in it what our feed shows. Both are read by a
/// library that wrote neither; mails may come in another order than they were sent.
/// </summary>
public sealed partial class CalendarHistoryTests(ITestOutputHelper output)
{
    /// <summary>Many more: <c>STAGES_HISTORIES=10000 tests/run Notification --filter FullyQualifiedName~CalendarHistory</c>.</summary>
    private static readonly int Histories = Environment.GetEnvironmentVariable("STAGES_HISTORIES") is { } many
        ? int.Parse(many, System.Globalization.CultureInfo.InvariantCulture)
        : 60;

    private static readonly DateOnly Monday = new(2026, 12, 21);
    private static readonly DateTimeOffset Begin = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Campaign = Some.Id();
    private static readonly Guid[] Children = [.. Enumerable.Range(0, 5).Select(_ => Some.Id())];
    private static readonly Guid[] Offers = [Some.Id(), Some.Id()];
    private static readonly Guid[] Modules = [.. Enumerable.Range(0, 5).Select(_ => Some.Id())];
    private static readonly Links Links = new(new PublicAddress("https://stages.example.org", local: true));

    private static readonly KnownCampaign Known = CampaignNews
        .Keep(null, Some.CampaignOpened(Campaign).AsChanged())
        .Effects.OfType<Effect.Insert<KnownCampaign>>()
        .Single()
        .Documents.Single();

    /// <summary>Twins and a half-sister: the mother has all three, the father two, a grandmother one of another family.</summary>
    private static readonly Dictionary<Guid, EnrolmentContact> Families = new[]
    {
        Child(0, "Léa", "mother", "father"),
        Child(1, "Tom", "mother", "father"),
        Child(2, "Inès", "mother"),
        Child(3, "Ольга", "grandmother"),
        Child(4, "Zoé", "uncle"),
    }.ToDictionary(c => c.Id);

    private static readonly Dictionary<Guid, TeacherContact> Teachers = Offers
        .Select((id, i) => new TeacherContact(id, Campaign, 1, Person($"teacher{i}"), Person($"teacher{i}").PersonId, ["MA"]))
        .ToDictionary(t => t.Id);

    private static readonly string[] People = ["mother", "father", "grandmother", "uncle", "teacher0", "teacher1"];

    private static Recipient Person(string name) => Recipient.Of(null, name, $"{name}@histories.example", null, "fr");

    private static EnrolmentContact Child(int i, string name, params string[] guardians)
    {
        Recipient[] all = [.. guardians.Select(Person)];
        return new EnrolmentContact(Children[i], Campaign, 1, name, all, EnrolmentContact.Accounts(all), null);
    }

    /// <summary>The stage as Scheduling says it is: any content after any other, and now and then that it does not take place.</summary>
    private sealed record Step(int Attends, int Held, int Moved, int Teacher, bool TeacherGone, bool Cancelled, int Asked);

    private static readonly Gen<Step> AStep = Gen.Select(
            Gen.Int[0, 31],
            Gen.Int[0, 31],
            Gen.Int[0, 31],
            Gen.Int[0, 1],
            Gen.Int[0, 9],
            Gen.Int[0, 9],
            Gen.Int[0, 31]
        )
        .Select(
            (attends, held, moved, teacher, gone, cancelled, asked) =>
                new Step(attends, held, moved, teacher, gone == 0, cancelled == 0, asked)
        );

    private static StageChanged Message(Step s, long version, Guid stage)
    {
        var teacher = s.Teacher == 0 ? "Claire" : "Karim";
        return new StageChanged(
            stage,
            Campaign,
            version,
            "MA",
            ["3e"],
            "A",
            "Europe/Paris",
            Offers[s.Teacher],
            null,
            s.TeacherGone ? "" : teacher,
            [
                .. Bits(s.Held)
                    .Select(i => Some.Module(Monday.AddDays(i), new TimeOnly(Bits(s.Moved).Contains(i) ? 14 : 9, 0), id: Modules[i])),
            ],
            [
                .. Bits(s.Attends)
                    .Select(i => new PupilPlaced(Children[i], "MA", AnswerBefore: Bits(s.Asked).Contains(i) ? Begin.AddDays(20) : null)),
            ],
            s.TeacherGone
        );
    }

    private static IEnumerable<int> Bits(int set) => Enumerable.Range(0, 5).Where(i => (set & (1 << i)) != 0);

    [Fact]
    public void calendars_kept_by_mail_are_what_the_feed_shows_after_any_history()
    {
        var (changes, mails) = (0, 0);
        Gen.Select(AStep.Array[1, 8], Gen.Int)
            .Sample(
                (steps, seed) =>
                {
                    var sent = Play(steps, out var stage);
                    Interlocked.Add(ref changes, steps.Length);
                    Interlocked.Add(ref mails, sent.Count);
                    foreach (var person in People)
                    {
                        CalendarEvent[][] own = [.. sent.Where(d => d.To.Name == person).Select(Read)];
                        var shown = Feed(stage, person);
                        Kept(own).ShouldBe(shown, $"{person}, in order");
                        new Random(seed).Shuffle(own);
                        Kept(own).ShouldBe(shown, $"{person}, in another order");
                    }
                },
                iter: Histories,
                threads: 1
            );
        output.WriteLine($"{Histories} histories, {changes} changes, {mails} mails: 0 differences");
    }

    /// <summary>What is told on the way, and the stage as it stands at the end.</summary>
    private static List<Deliveries.Delivery> Play(Step[] steps, out KnownStage? stage)
    {
        var sent = new List<Deliveries.Delivery>();
        var id = Some.Id();
        stage = null;
        var people = new StagePeople(Families, Teachers, new Dictionary<Guid, string>());
        foreach (var (version, step) in steps.Index())
        {
            var now = Begin.AddHours(version);
            var cause = new Cause($"{id}/{version}", now, TimeSpan.Zero);
            if (step.Cancelled && stage is { Cancelled: false })
            {
                var cancelled = new StageCancelled(id, Campaign, version + 1, "Trop peu d’élèves");
                stage = stage.CancelledBy(cancelled, now);
                sent.AddRange(StageTelling.TellCancelled(Known, stage, cancelled, people, cause));
                continue;
            }
            var after = KnownStage.After(stage, Message(step, version + 1, id), now);
            sent.AddRange(StageTelling.Tell(Known, stage, after, StageNews.Of(stage, after), people, cause));
            stage = after;
        }
        sent.GroupBy(d => (d.To.Key, d.At)).ShouldAllBe(told => told.Count() == 1, "one message for what happened together");
        return sent;
    }

    private static CalendarEvent[] Read(Deliveries.Delivery mail) =>
        [
            .. mail
                .Notice.CalendarEntries(new Pen(Language.French, Links, mail.To.Name))
                .Select(entry =>
                {
                    var said = Calendar.Load(ICalendar.Invitation(entry, new Invited("S", "s@example.org", "A", mail.To.Email!)))!;
                    said.Method.ShouldBe(said.Events.Single().Status == "CANCELLED" ? "CANCEL" : "REQUEST");
                    return said.Events.Single();
                }),
        ];

    /// <summary>
    /// A calendar program: of each UID what has the highest SEQUENCE, then the latest stamp; a CANCEL takes it away. (RFC 5546, 2.1.5)
    /// </summary>
    private static string[] Kept(IEnumerable<CalendarEvent[]> mails)
    {
        var calendar = new Dictionary<string, CalendarEvent>(StringComparer.Ordinal);
        foreach (var said in mails.SelectMany(mail => mail))
            if (calendar.GetValueOrDefault(said.Uid!) is not { } known || IsNewer(said, known))
                calendar[said.Uid!] = said;
        return [.. calendar.Values.Where(e => e.Status == "CONFIRMED").Select(Shown).Order(StringComparer.Ordinal)];
    }

    private static bool IsNewer(CalendarEvent said, CalendarEvent known) =>
        said.Sequence > known.Sequence || (said.Sequence == known.Sequence && said.DtStamp!.AsUtc > known.DtStamp!.AsUtc);

    private static string[] Feed(KnownStage? stage, string person)
    {
        if (stage is null)
            return [];
        var account = Person(person).PersonId;
        var children = Families.Values.Where(c => c.People.Contains(account)).ToDictionary(c => c.Id);
        var offers = Teachers.Values.Where(t => t.PersonId == account).Select(t => t.Id).ToHashSet();
        if (!stage.Attending.Any(a => children.ContainsKey(a) || offers.Contains(a)))
            return [];
        var entries = Calendars.Feed.Entries(stage, Known, children, offers, Language.French, Links);
        var feed = Calendar.Load(ICalendar.Feed("Stages", [.. entries]))!;
        return [.. feed.Events.Where(e => e.Status == "CONFIRMED").Select(Shown).Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// All that a person sees, with the number of the session; not the teacher's name, who may leave without a word to families, nor the
    /// deadline, which goes with an answer given on the page.
    /// </summary>
    private static string Shown(CalendarEvent e) =>
        $"{e.Uid} {e.Start!.AsUtc:O} {e.End!.AsUtc:O} {e.Summary} {e.Location} {e.Url} {Number().Match(e.Description!).Value}";

    [System.Text.RegularExpressions.GeneratedRegex(@"Séance \d+ sur \d+", default, 1000)]
    private static partial System.Text.RegularExpressions.Regex Number();
}
