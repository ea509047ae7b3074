namespace Stages.Portal.Pages.Shared;

/// <summary>Where an enrolment stands, in one word and one colour.</summary>
/// <param name="Kind">Class of the tag.</param>
public sealed record Standing(string Kind, string Text)
{
    /// <param name="toFamily">A family is asked to answer; others see that it has not.</param>
    public static Standing Of(EnrolmentView enrolment, bool toFamily, DateTimeOffset now)
    {
        switch (enrolment.Status)
        {
            case "withdrawn":
                return new("", Say.In("Retirée", "Withdrawn"));
            case "merged":
                return new("", Say.In("Réunie avec une autre", "Merged with another"));
            case "erased":
                return new("", Say.In("Effacée", "Erased"));
        }
        var held = enrolment.Placements.Where(p => p.Status is "offered" or "confirmed").ToArray();
        var to = held.Where(p => !IsOver(p, now)).ToArray();
        if (to.Any(p => p.Status == "offered"))
            return new(
                "warn",
                toFamily
                    ? Say.In("Place proposée : répondez", "Place offered: please answer")
                    : Say.In("Place proposée, sans réponse", "Place offered, no answer")
            );
        if (to.Length > 0)
            return new("good", Say.In("Place confirmée", "Place confirmed"));
        if (held.Length > 0)
            return new("", Say.In("Stage terminé", "Stage over"));
        return enrolment.Placements.Any(p => p.Status == "waiting")
            ? new("main", Say.In("Sur liste d’attente", "On the waiting list"))
            : new("main", Say.In("Enregistrée", "Recorded"));
    }

    /// <summary>Nobody answers for what has taken place.</summary>
    private static bool IsOver(PlacementView place, DateTimeOffset now) =>
        place.Modules is { Count: > 0 } modules && modules.All(m => m.EndsAt <= now);
}
