using Stages.Api.Notification;
using Stages.Notifications.Letters;
using Stages.Notifications.Letters.Notices;
using Stages.Vocabulary;

namespace Stages.Notifications.Tests;

/// <summary>One notice of each kind, with fixed ids and dates: what the snapshots and the screenshots show.</summary>
public static class Samples
{
    public static readonly DateTimeOffset At = new(2021, 4, 2, 8, 30, 0, TimeSpan.Zero);

    private static readonly Guid Enrolment = Guid.Parse("01978a00-0000-7000-8000-000000000001");

    public static readonly PupilLine Zoe = new(Enrolment, "Zoé");

    private static readonly PupilLine Ines = new(Guid.Parse("01978a00-0000-7000-8000-000000000002"), "Inès");

    public static readonly LocalText Maths = new("Mathématiques", "Mathematics");

    public static ModuleLine Module(int number, int day, int hour, int minute = 0, int sequence = 0, bool cancelled = false) =>
        new(
            Guid.Parse($"01978a00-0000-7000-8000-0000000001{number:00}"),
            new DateOnly(2021, 4, day),
            new TimeOnly(hour, minute),
            new TimeOnly(hour + 2, minute),
            new DateTimeOffset(2021, 4, day, hour - 2, minute, 0, TimeSpan.Zero),
            sequence,
            cancelled
        );

    public static readonly StageFacts Stage = new(
        Guid.Parse("01978a00-0000-7000-8000-000000000200"),
        Guid.Parse("01978a00-0000-7000-8000-000000000300"),
        "Printemps 2021",
        Maths,
        ["3e"],
        "Europe/Paris",
        "Claire",
        [Module(1, 12, 9), Module(2, 13, 9), Module(3, 14, 11, 15), Module(4, 15, 9)],
        At
    );

    private static readonly StageFacts Second = Stage with
    {
        Subject = new LocalText("Français", "French"),
        Modules = [Module(11, 12, 14), Module(12, 13, 14), Module(13, 14, 14)],
    };

    private static readonly StageFacts Moved = Stage with
    {
        Modules =
        [
            Module(1, 12, 9),
            Module(2, 13, 14, sequence: 1),
            Module(3, 14, 11, 15, sequence: 1, cancelled: true),
            Module(4, 15, 9),
            Module(5, 16, 9),
        ],
    };

    private static readonly ReminderLine French = new(["Tom"], new LocalText("Français", "French"), ["CM2"], "Karim", Module(7, 12, 14));

    private static readonly LocalText Phone = new("téléphone Android, Firefox", "Android phone, Firefox");

    /// <summary>Whatever is told of an account.</summary>
    private static IEnumerable<KeyValuePair<string, Notice>> Accounts =>
        AccountNews.All.Select(what =>
            KeyValuePair.Create<string, Notice>(
                $"account-{what}",
                new AccountNotice(
                    what,
                    At,
                    what switch
                    {
                        AccountNews.NewBrowser or AccountNews.PasskeyAdded or AccountNews.PasskeyRemoved => Phone,
                        AccountNews.ProviderLinked or AccountNews.ProviderUnlinked => LocalText.Same("ÉduConnect"),
                        AccountNews.RoleGiven or AccountNews.RoleTaken => new("coordination, Hérault (034)", "coordinator, Hérault (034)"),
                        _ => null,
                    }
                )
            )
        );

    public static IReadOnlyDictionary<string, Notice> All { get; } =
        new Dictionary<string, Notice>(Accounts, StringComparer.Ordinal)
        {
            ["enrolment-submitted"] = new EnrolmentNotice(
                "submitted",
                Enrolment,
                "Zoé",
                "3e",
                "Printemps 2021",
                [new(1, Maths), new(2, new LocalText("Français", "French"))],
                At
            ),
            ["enrolment-changed"] = new EnrolmentNotice("changed", Enrolment, "Zoé", "3e", "Printemps 2021", [new(1, Maths)], At),
            ["enrolment-declined"] = new EnrolmentNotice("declined", Enrolment, "Zoé", "3e", "Printemps 2021", [new(1, Maths)], At),
            ["enrolment-guardian-left"] = new EnrolmentNotice(
                "guardian-left",
                Enrolment,
                "Zoé",
                "3e",
                "Printemps 2021",
                [new(1, Maths)],
                At
            ),
            ["enrolment-merged"] = new EnrolmentNotice("merged", Enrolment, "Zoé", "3e", "Printemps 2021", [new(1, Maths)], At),
            ["enrolment-withdrawn"] = new EnrolmentNotice("withdrawn", Enrolment, "Zoé", "3e", "Printemps 2021", [new(1, Maths)], At),
            ["offer-declared"] = new OfferNotice(
                "declared",
                Enrolment,
                "Printemps 2021",
                [Maths, new LocalText("Physique-chimie", "Physics and chemistry")],
                At
            ),
            ["offer-declared-waiting"] = new OfferNotice("declared", Enrolment, "Printemps 2021", [Maths], At, Waiting: true),
            ["teacher-accepted"] = new AcceptanceNotice(true, Enrolment, "Printemps 2021", null),
            ["person-reported"] = new ReportedNotice(Stage),
            ["check-failed"] = new CheckFailedNotice(Enrolment, "Printemps 2021", ByTeacher: false),
            ["teachers-waiting"] = new TeachersWaitingNotice(Enrolment, "Printemps 2021", 3),
            ["teacher-refused"] = new AcceptanceNotice(false, Enrolment, "Printemps 2021", "Nous n’avons pas pu vérifier votre identité."),
            ["offer-withdrawn"] = new OfferNotice("withdrawn", Enrolment, "Printemps 2021", [Maths], At),
            ["place-offered"] = new PlaceNotice([Zoe], Stage, "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I"),
            ["place-offered-twins"] = new PlaceNotice([Zoe, new PupilLine(Enrolment, "Léo")], Stage, null),
            ["places-offered"] = new PlacesNotice([
                new PlaceNotice([Zoe], Stage, "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I", Until: Stage.Until(At.AddDays(2))),
                new PlaceNotice([Ines], Second, null, Until: Stage.Until(At.AddDays(1))),
            ]),
            ["timetables-published"] = new TimetablesNotice([
                new TimetableNotice(Stage, 5, "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I"),
                new TimetableNotice(Second, 1, null),
            ]),
            ["timetable-published"] = new TimetableNotice(Stage, 5, "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I"),
            ["stage-changed-family"] = new StageChangedNotice([Zoe], Moved, Stage.Modules, OtherTeacher: false, null),
            ["stage-changed-teacher"] = new StageChangedNotice(null, Stage, Stage.Modules, OtherTeacher: false, 4),
            ["stage-changed-other-teacher"] = new StageChangedNotice(
                [Zoe],
                Stage with
                {
                    TeacherFirstName = "Karim",
                },
                Stage.Modules,
                OtherTeacher: true,
                null
            ),
            ["stage-cancelled"] = new StageOverNotice(
                "cancelled",
                [Zoe],
                Stage with
                {
                    Modules = [.. Stage.Modules.Select(m => m with { Cancelled = true, Sequence = 1 })],
                },
                "Trop peu d’élèves ; nous cherchons un autre groupe."
            ),
            ["place-ended"] = new StageOverNotice("left", [Zoe], Stage, null),
            ["place-declined"] = new StageOverNotice("left", [Zoe], Stage, null, "declined"),
            ["place-lapsed"] = new StageOverNotice("left", [Ines], Stage, null, "lapsed"),
            ["place-withdrawn"] = new StageOverNotice("left", [Ines], Stage, null, "withdrawn"),
            ["place-wish-changed"] = new StageOverNotice("left", [Zoe], Stage, null, "wish-changed"),
            ["place-ended-twin-stays"] = new StageOverNotice("left", [Zoe], Stage, null, "declined", [Ines]),
            ["place-offered-until"] = new PlaceNotice([Ines], Stage, null, [Zoe, Ines], Stage.Until(At.AddDays(2))),
            ["place-unanswered"] = new AnswerNotice([Ines], Stage, Stage.Until(At.AddDays(2))!),
            ["stage-changed-children"] = new StageChangedNotice(
                [Ines],
                Stage,
                Stage.Modules,
                OtherTeacher: false,
                null,
                [Ines],
                [Zoe],
                Stage.Until(At.AddDays(2))
            ),
            ["stage-left"] = new StageOverNotice("teacher-gone", null, Stage, null),
            ["stage-taken-over"] = new StageOverNotice("replaced", null, Stage with { TeacherFirstName = "Karim" }, null),
            ["wishes-waiting"] = new WaitingNotice(
                Enrolment,
                "Zoé",
                "Printemps 2021",
                [
                    new(
                        Maths,
                        2,
                        new LocalText(
                            "Aucun enseignant de mathématiques n’est disponible à ses créneaux.",
                            "No teacher of mathematics is available at these slots."
                        ),
                        ["cocher aussi la semaine B"],
                        ["also tick week B"]
                    ),
                ]
            ),
            ["substitute-invited"] = new SubstituteNotice(Stage, 5, At.AddDays(1), new DateOnly(2021, 4, 3), new TimeOnly(10, 30)),
            ["pupil-missing"] = new PupilMissingNotice(Zoe, Stage, Stage.Modules[0], At),
            ["teacher-missing"] = new TeacherMissingNotice(false, Stage, Stage.Modules[0], 5, At),
            ["teacher-missing-teacher"] = new TeacherMissingNotice(true, Stage, Stage.Modules[0], 5, At),
            ["reminder-day"] = new ReminderNotice("day", false, [new(["Zoé"], Maths, ["3e"], "Claire", Stage.Modules[0]), French]),
            ["reminder-hour"] = new ReminderNotice("hour", true, [new([], Maths, ["3e"], "Claire", Stage.Modules[0])]),
            ["guardian-objected"] = new ObjectionNotice(Stage.CampaignId, Stage.Campaign, Enrolment),
            ["families-unreached"] = new UnreachedNotice(Stage.CampaignId, Stage.Campaign, 21, [Enrolment, Stage.StageId]),
            ["sign-in"] = new SignInNotice("https://stages.example.org/connexion/lien?t=abcdef", "482 913", At.AddMinutes(15), 15),
            ["sign-in-staff"] = new SignInNotice(
                "https://stages.example.org/connexion/lien?t=abcdef",
                "K7QX 2MPA",
                At.AddMinutes(15),
                15,
                OnlyThere: true
            ),
            ["confirm-address"] = new ConfirmAddressNotice("8K4TQ2W9ZC3M", ForTeacher: false),
            ["confirm-address-teacher"] = new ConfirmAddressNotice("8K4TQ2W9ZC3M", ForTeacher: true),
            ["sign-in-link"] = new SignInNotice("https://stages.example.org/connexion/lien?t=abcdef", null, At.AddMinutes(15), 15),
        };

    public static Pen Pen(string language) =>
        new(
            Language.Of(language),
            new Links(new PublicAddress("https://stages.example.org", local: true)),
            language == "fr" ? "Anne L’Hérault" : "Tom O’Neil"
        );
}
