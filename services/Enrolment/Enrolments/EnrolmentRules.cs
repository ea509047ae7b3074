namespace Stages.Enrolments;

public sealed record NoSuchCampaign()
    : Refusal(RefusalKind.NotFound, "no-such-campaign", "Cette campagne n’existe pas.", "There is no such campaign.");

/// <param name="Opens">By the clocks of the campaign.</param>
public sealed record CampaignNotYetOpen(DateTimeOffset Opens)
    : Refusal(
        RefusalKind.Conflict,
        "campaign-not-open",
        $"Les inscriptions ouvriront le {Opens:dd/MM/yyyy} à {Opens:HH:mm}.",
        $"Enrolment opens on {Opens:yyyy-MM-dd} at {Opens:HH:mm}."
    )
{
    public static CampaignNotYetOpen In(Campaign campaign) =>
        new(TimeZoneInfo.ConvertTime(campaign.EnrolmentOpens, TimeZoneInfo.FindSystemTimeZoneById(campaign.TimeZone)));
}

public sealed record CampaignClosed()
    : Refusal(
        RefusalKind.Conflict,
        "campaign-closed",
        "Les inscriptions à cette campagne sont closes. Votre coordonnateur peut encore vous inscrire.",
        "Enrolment in this campaign is closed. Your coordinator can still enrol you."
    );

public sealed record NotStanding()
    : Refusal(
        RefusalKind.Conflict,
        "withdrawn",
        "Cette inscription a été retirée, ou réunie avec une autre.",
        "This enrolment was withdrawn, or merged with another one."
    );

/// <summary>The rules that an enrolment must keep in its campaign; all broken ones are named at once.</summary>
public static class EnrolmentRules
{
    public static Refusal? Check(
        EnrolmentContent content,
        Campaign? campaign,
        School? school,
        Caller caller,
        bool? identified,
        DateTimeOffset now
    )
    {
        if (campaign is null)
            return new NoSuchCampaign();
        // A coordinator enrols on behalf of a family, also after the closing: late enrolments are part of the work.
        if (caller.IsFamily && now < campaign.EnrolmentOpens)
            return CampaignNotYetOpen.In(campaign);
        if (caller.IsFamily && now >= campaign.EnrolmentCloses)
            return new CampaignClosed();
        if (caller.IsCoordinator && !caller.Covers(content.Pupil.SchoolUai))
            return new NotAllowed();
        if (caller.IsFamily && identified == true)
            return new NotAllowed();

        var faults = new List<FieldRefused>();
        faults.AddRange(SchoolFaults(content.Pupil, school));
        if (!campaign.Levels.Contains(content.Pupil.Level, StringComparer.Ordinal))
            faults.Add(
                new("pupil.level", "level-not-offered", "Cette campagne ne concerne pas ce niveau.", "This campaign is not for this level.")
            );
        faults.AddRange(WishFaults(content, campaign));
        faults.AddRange(WeekFaults(content, campaign));
        if (caller.IsFamily && content.Guardians.All(g => g.Email is null && g.Phone is null))
            faults.Add(
                new(
                    "guardians[0].email",
                    "no-address",
                    "Indiquez une adresse électronique ou un téléphone : c’est là que nous répondrons.",
                    "Give an e-mail address or a phone: that is where we will answer."
                )
            );
        return faults.Count == 0 ? null : new FieldsRefused(faults);
    }

    public static int PriorityOf(School? school, bool identified) =>
        (identified ? Priority.Identified : Priority.Volunteered)
        + (school?.InPriorityEducation == true ? Priority.EducationPrioritaire : 0);

    private static IEnumerable<FieldRefused> SchoolFaults(Pupil pupil, School? school)
    {
        if (school is null || school.Closed)
            yield return new(
                "pupil.schoolUai",
                "no-such-school",
                "Cet établissement n’est pas dans l’annuaire de l’académie.",
                "This school is not in the directory of the académie."
            );
        else if (!school.Levels.Contains(pupil.Level, StringComparer.Ordinal))
            yield return new(
                "pupil.schoolUai",
                "school-without-level",
                $"{school.Name} n’a pas le niveau {pupil.Level}.",
                $"{school.Name} does not have level {pupil.Level}."
            );
    }

    private static IEnumerable<FieldRefused> WishFaults(EnrolmentContent content, Campaign campaign)
    {
        for (var i = 0; i < content.Wishes.Length; i++)
        {
            var subject = campaign.Subjects.FirstOrDefault(s => s.Code == content.Wishes[i].Subject);
            if (subject is null)
                yield return new(
                    $"wishes[{i}].subject",
                    "no-such-subject",
                    "Cette matière n’est pas proposée dans cette campagne.",
                    "This subject is not offered in this campaign."
                );
            else if (!subject.Levels.Contains(content.Pupil.Level, StringComparer.Ordinal))
                yield return new(
                    $"wishes[{i}].subject",
                    "subject-not-at-level",
                    $"{subject.Name} n’est pas proposé en {content.Pupil.Level}.",
                    $"{subject.NameEn ?? subject.Name} is not offered at level {content.Pupil.Level}."
                );
        }
    }

    private static IEnumerable<FieldRefused> WeekFaults(EnrolmentContent content, Campaign campaign)
    {
        for (var i = 0; i < content.Weeks.Length; i++)
        {
            var label = content.Weeks[i].Label;
            if (campaign.Weeks.All(w => w.Label != label))
                yield return new(
                    $"weeks[{i}].label",
                    "no-such-week",
                    "Cette semaine n’est pas dans la campagne.",
                    "This week is not in the campaign."
                );
            else if (!content.Slots.TryGetValue(label, out var slots) || slots.Length == 0)
                yield return new(
                    $"slots.{label}",
                    "no-slots",
                    $"Cochez les créneaux possibles de la semaine {label}.",
                    $"Tick the possible slots of week {label}."
                );
        }
        foreach (var (label, slots) in content.Slots)
        {
            if (content.Weeks.All(w => w.Label != label))
            {
                yield return new(
                    $"slots.{label}",
                    "week-not-chosen",
                    "Des créneaux sont cochés pour une semaine qui n’est pas choisie.",
                    "Slots are ticked for a week that is not chosen."
                );
                continue;
            }
            var possible = campaign.SlotsOf(label).ToHashSet(StringComparer.Ordinal);
            for (var i = 0; i < slots.Length; i++)
            {
                if (!possible.Contains(slots[i]))
                    yield return new(
                        $"slots.{label}[{i}]",
                        "no-such-slot",
                        "Ce créneau n’existe pas dans la campagne.",
                        "There is no such slot in the campaign."
                    );
            }
        }
    }
}
