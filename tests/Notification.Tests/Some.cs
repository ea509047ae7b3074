using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Calendars;
using Stages.Vocabulary;

namespace Stages.Notifications.Tests;

/// <summary>Plausible messages of other services, made from as few words as possible.</summary>
public static class Some
{
    public static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    /// <summary>A date far enough ahead that nothing about it is over.</summary>
    public static DateOnly NextMonday
    {
        get
        {
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            return today.AddDays(8 - (int)today.DayOfWeek);
        }
    }

    public static CampaignOpened CampaignOpened(Guid id) =>
        new(
            id,
            1,
            "Printemps 2021",
            "Montpellier",
            "C",
            "Europe/Paris",
            [new("A", new(2021, 4, 12)), new("B", new(2021, 4, 19))],
            [new(9, 0), new(11, 15)],
            120,
            [],
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(99),
            ["6e", "3e"],
            [new("FR", "Français", ["6e", "3e"], "French"), new("MA", "Mathématiques", ["6e", "3e"], "Mathematics")],
            new CampaignRules()
        );

    public static GuardianToTell Guardian(string email, string name = "Anne L’Hérault", string language = "fr") =>
        new(PersonId.FromEmail(email), name, email, null, language);

    /// <summary>Said by the first guardian, signed in with the address by which they are told.</summary>
    public static EnrolmentAcknowledged Acknowledged(Guid campaign, Guid enrolment, params GuardianToTell[] guardians) =>
        new(
            enrolment,
            campaign,
            1,
            "submitted",
            "Zoé",
            "3e",
            [new("MA", 1), new("FR", 2)],
            guardians,
            TimeProvider.System.GetUtcNow(),
            "0340008Z",
            By: guardians.Select(AccountOf).FirstOrDefault()
        );

    private static Guid? AccountOf(GuardianToTell guardian) =>
        guardian.Email is { } email ? PersonId.FromEmail(email)
        : guardian.Phone is { } phone ? PersonId.FromPhone(phone)
        : null;

    public static OfferDeclared Offer(Guid campaign, Guid offer, string email, string language = "fr") =>
        new(
            offer,
            campaign,
            1,
            "declared",
            PersonId.FromEmail(email),
            "Claire Martin",
            email,
            null,
            language,
            ["MA"],
            TimeProvider.System.GetUtcNow(),
            By: PersonId.FromEmail(email)
        );

    public static ModuleSet Module(DateOnly date, TimeOnly start, int sequence = 0, Guid? id = null) =>
        new(
            id ?? Id(),
            date,
            start,
            start.AddHours(2),
            TimeZones.Instant("Europe/Paris", date, start),
            TimeZones.Instant("Europe/Paris", date, start.AddHours(2)),
            sequence
        );

    public static IReadOnlyList<ModuleSet> Modules(DateOnly monday) =>
        [Module(monday, new(9, 0)), Module(monday.AddDays(1), new(9, 0)), Module(monday.AddDays(2), new(11, 15))];

    public static StagePublished Published(
        Guid campaign,
        Guid stage,
        Guid offer,
        IReadOnlyList<ModuleSet> modules,
        params Guid[] enrolments
    ) =>
        new(
            stage,
            campaign,
            1,
            "MA",
            ["3e"],
            "A",
            "Europe/Paris",
            offer,
            null,
            "Claire",
            modules,
            [.. enrolments.Select(e => new PupilPlaced(e, "MA"))]
        );

    public static StageChanged Changed(
        StagePublished p,
        long version,
        IReadOnlyList<ModuleSet>? modules = null,
        Guid? offer = null,
        string? teacher = null,
        Guid[]? enrolments = null
    ) =>
        new(
            p.StageId,
            p.CampaignId,
            version,
            p.Subject,
            p.Levels,
            p.Week,
            p.TimeZone,
            offer ?? p.OfferId,
            null,
            teacher ?? p.TeacherFirstName,
            modules ?? p.Modules,
            enrolments is null ? p.Pupils : [.. enrolments.Select(e => new PupilPlaced(e, "MA"))]
        );
}
