namespace Stages.Portal.Imports;

/// <summary>A place in a published stage that a line would lose the child.</summary>
/// <param name="Text">Which one, as people read it.</param>
public sealed record Cost(Guid StageId, string Text)
{
    /// <summary>What the service would refuse without a word of who brings the list.</summary>
    public static IReadOnlyList<Cost> Of(EnrolmentView standing, EnrolmentRequest body, CampaignView campaign) =>
        [
            .. standing
                .Placements.Where(p => p.Holds && !KeptPlace.Suits(p.Wish, p.Levels, standing.Pupil, body.Pupil, body.Wishes))
                .Select(p => new Cost(p.StageId ?? Guid.Empty, Said(p, campaign))),
        ];

    private static string Said(PlacementView place, CampaignView campaign)
    {
        var subject = campaign.Subject(place.Wish)?.Title ?? place.Wish;
        return place.Modules is { Count: > 0 } sessions
            ? $"{subject} ({Say.In("à partir du", "from")} {Dates.Day(sessions.Min(m => m.Date))})"
            : subject;
    }
}
