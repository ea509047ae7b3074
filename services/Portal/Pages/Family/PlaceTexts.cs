namespace Stages.Portal.Pages.Family;

/// <summary>What a family reads of a place.</summary>
public static class PlaceTexts
{
    /// <summary>Until when it must be answered, and what happens without an answer.</summary>
    public static string Ask(PlacementView place)
    {
        if (place.AnswerBefore is not { } before)
            return Say.In("Elle reste réservée tant que vous ne la déclinez pas.", "It stays reserved unless you decline it.");
        var when = Dates.Instant(before, place.TimeZone ?? HomeZone.Id);
        return Say.In(
            $"Répondez avant le {when} : sans réponse, la place est proposée à un autre élève.",
            $"Please answer before {when}: without an answer the place is offered to another pupil."
        );
    }

    /// <summary>Why a place ended that the family did not decline.</summary>
    public static string Ended(string? why) =>
        why switch
        {
            "lapsed" => Say.In(
                "Le délai pour répondre est passé : la place est allée à un autre élève",
                "The time to answer is over: the place went to another pupil"
            ),
            "no-stage" => Say.In("Ce stage n’a pas lieu", "This stage does not take place"),
            "withdrawn" => Say.In("Place rendue avec l’inscription", "Place given up with the enrolment"),
            "wish-changed" => Say.In(
                "Place rendue : elle ne répondait plus au niveau ou aux vœux",
                "Place given up: it no longer suited the level or the wishes"
            ),
            _ => Say.In("Cette place n’est plus réservée", "This place is no longer reserved"),
        };
}
