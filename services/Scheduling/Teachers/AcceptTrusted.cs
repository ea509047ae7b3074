using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Teachers;

/// <summary>
/// Accepts those who wait and whom their campaign trusts by now: a domain was added to it, or they offered before there was a question.
/// </summary>
public sealed class AcceptTrusted(IDocumentStore store, Journal journal, TimeProvider clock)
{
    private const int AtOnce = 50;

    /// <param name="offer">The one that waits, with its address.</param>
    internal static Decision Decide(KnownTeacher known, Guid offer, string email, CampaignPlan plan, DateTimeOffset now) =>
        known.Offers.FirstOrDefault(o => o.Id == offer) is { Withdrawn: false, PersonId: var person }
        && Trust.Of(known.Standing, person, email, plan, null) is { } ground
            ? Trust.Accept(new TeacherAccepted(person, offer, ground, Waited: true, Actor.System, now), known.Offers)
            : Decision.Nothing;

    /// <summary>Comes again in ten seconds, so that a failed attempt need not be repeated.</summary>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task Run(CancellationToken cancel)
    {
        await using var reads = store.QuerySession();
        foreach (var campaign in await reads.Query<Campaign>().Where(c => c.ClosedAt == null).ToListAsync(cancel))
        {
            if (campaign.Plan.TrustedDomains is not { Count: > 0 } domains)
                continue;
            var waiting = await reads
                .Query<Offer>()
                .Where(o => o.CampaignId == campaign.Id && !o.Withdrawn)
                .Standing(Acceptance.Waiting)
                .OfDomains(domains)
                .Take(AtOnce)
                .ToListAsync(cancel);
            foreach (var offer in waiting)
                await Accept(campaign, offer, cancel);
        }
    }

    private Task Accept(Campaign campaign, Offer offer, CancellationToken cancel) =>
        journal.Decide(
            async reading =>
            {
                var known = await KnownTeacher.Of(reading, offer.PersonId, null);
                return await reading.Load<OfferTeacher>(offer.Id) is { } teacher
                    ? Decide(known, offer.Id, teacher.Email, campaign.Plan, clock.GetUtcNow())
                    : Decision.Nothing;
            },
            cancel: cancel
        );
}
