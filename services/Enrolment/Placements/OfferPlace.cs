namespace Stages.Enrolments.Placements;

/// <summary>A published stage has a place for the pupil: the family is asked whether it takes it.</summary>
public static class OfferPlace
{
    public static Decision Decide(Enrolment? enrolment, Place place, DateTimeOffset now)
    {
        if (enrolment is not { IsStanding: true })
            return Decision.Nothing;
        var before = enrolment.Places.FirstOrDefault(p => p.StageId == place.StageId && p.Subject == place.Subject);
        // A family that has answered is asked again only when the hours change: a new teacher or group member is no new question.
        var answered = before is { Status: PlaceStatus.Confirmed or PlaceStatus.Declined } && Hours(before).SequenceEqual(Hours(place));
        return Decision.Of(new PlaceOffered(answered ? place with { Status = before!.Status, AnswerBefore = null } : place, now));
    }

    private static IEnumerable<(DateOnly, TimeOnly)> Hours(Place place) => place.Modules.Select(m => (m.Date, m.Start));
}
