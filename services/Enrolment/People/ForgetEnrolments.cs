namespace Stages.Enrolments.People;

/// <summary>
/// Long after a campaign its enrolments are erased like those of a family that asks: the other services hear of each, and what remains
/// are figures.
/// </summary>
public static class ForgetEnrolments
{
    private const int AtOnce = 100;

    public static readonly RetentionRule Rule = RetentionRule.OfStreams<Enrolment>(
        "enrolments",
        730,
        new LocalText(
            "Inscriptions, présences et bilans : depuis la fin de la campagne",
            "Enrolments, attendance and reports: since the end of the campaign"
        ),
        Old,
        (state, now) => Forgetting.Whole(state, now)
    );

    private static async Task<IReadOnlyList<Guid>> Old(IQuerySession session, DateTimeOffset before, CancellationToken cancel)
    {
        var over = (await session.Query<Campaign>().ToListAsync(cancel))
            .Where(c => CampaignEnd.Of(c.Weeks.Select(w => w.Monday), c.EnrolmentCloses) < before)
            .Select(c => c.Id)
            .ToArray();
        return await session
            .Query<Enrolment>()
            .Where(e => e.CampaignId.IsOneOf(over) && e.Status != Enrolment.Erased)
            .Take(AtOnce)
            .Select(e => e.Id)
            .ToListAsync(cancel);
    }
}
