namespace Stages.Enrolments.People;

/// <summary>
/// Long after a campaign its enrolments are erased like those of a family that asks: the other services hear of each, and what remains
/// are figures.
/// </summary>
public static class ForgetEnrolments
{
    private const int AtOnce = 100;

    public static readonly RetentionRule Rule = new(
        "enrolments",
        730,
        new LocalText(
            "Inscriptions, présences et bilans : depuis la fin de la campagne",
            "Enrolments, attendance and reports: since the end of the campaign"
        ),
        Forget
    );

    private static async Task<int> Forget(IServiceProvider services, DateTimeOffset before, CancellationToken cancel)
    {
        var (journal, masking) = (services.GetRequiredService<Journal>(), services.GetRequiredService<LogMasking>());
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
        var over = (await session.Query<Campaign>().ToListAsync(cancel))
            .Where(c => CampaignEnd.Of(c.Weeks.Select(w => w.Monday), c.EnrolmentCloses) < before)
            .Select(c => c.Id)
            .ToArray();
        var old = await session
            .Query<Enrolment>()
            .Where(e => e.CampaignId.IsOneOf(over) && e.Status != Enrolment.Erased)
            .Take(AtOnce)
            .Select(e => e.Id)
            .ToListAsync(cancel);
        foreach (var id in old)
        {
            await journal.Decide<Enrolment>(id, state => state is null ? Decision.Nothing : Forgetting.Whole(state, now), cancel: cancel);
            await masking.Settle(id, cancel);
        }
        return old.Count;
    }
}
