namespace Stages.Enrolments;

/// <summary>
/// Which places in published stages a change would cost: Scheduling frees those that no longer suit the level or the wishes.
/// </summary>
public static class LostPlaces
{
    public static IReadOnlyList<LostPlace> Of(Enrolment state, EnrolmentContent content, Campaign campaign) =>
        [
            .. state
                .Places.Where(p => PlaceStatus.IsHeld(p.Status))
                .Where(p => !KeptPlace.Suits(p.Subject, p.Levels, state.Content.Pupil, content.Pupil, content.Wishes))
                .Select(p => Said(p, campaign)),
        ];

    private static LostPlace Said(Place place, Campaign campaign)
    {
        var subject = campaign.Subjects.FirstOrDefault(s => s.Code == place.Subject);
        DateOnly? from = place.Modules.Length > 0 ? place.Modules.Min(m => m.Date) : null;
        return new LostPlace(
            place.StageId,
            place.Subject,
            subject?.Name ?? place.Subject,
            subject?.NameEn ?? subject?.Name ?? place.Subject,
            from
        );
    }
}

/// <param name="From">The day of its first session.</param>
public sealed record LostPlace(Guid StageId, string Subject, string NameFr, string NameEn, DateOnly? From);

/// <summary>Nothing was changed: whoever changes says first that the loss is accepted.</summary>
public sealed record PlacesWouldBeLost(IReadOnlyList<LostPlace> Lost)
    : Refusal(RefusalKind.Conflict, "places-would-be-lost", InFrench(Lost), InEnglish(Lost))
{
    public override IReadOnlyDictionary<string, string[]> Errors =>
        new Dictionary<string, string[]>(StringComparer.Ordinal) { ["acceptLoss"] = [Text] };

    public override IReadOnlyDictionary<string, object?> Details =>
        Detail(
            "places",
            Lost.Select(p => new
                {
                    p.StageId,
                    p.Subject,
                    p.From,
                })
                .ToList()
        );

    private static string InFrench(IReadOnlyList<LostPlace> lost)
    {
        var places = string.Join(", ", lost.Select(p => p.From is { } day ? $"{p.NameFr} (à partir du {day:dd/MM/yyyy})" : p.NameFr));
        var count = lost.Count == 1 ? "une place déjà donnée" : Count.Fr(lost.Count, "place déjà donnée", "places déjà données");
        return $"Ce changement ferait perdre {count} : {places}. "
            + "Une place libérée est proposée à un autre élève. Rien n’est encore changé : dites d’abord que vous acceptez cette perte.";
    }

    private static string InEnglish(IReadOnlyList<LostPlace> lost)
    {
        var places = string.Join(", ", lost.Select(p => p.From is { } day ? $"{p.NameEn} (from {day:yyyy-MM-dd})" : p.NameEn));
        var count =
            lost.Count == 1
                ? "a place that was given already"
                : Count.En(lost.Count, "place that was given already", "places that were given already");
        return $"This change would cost {count}: {places}. "
            + "A place that is freed is offered to another pupil. Nothing is changed yet: first say that you accept this loss.";
    }
}
