using System.Text.Json.Serialization;
using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Campaigns;

/// <summary>The whole content, as GET gives it: what only GET says (<c>id</c>, <c>status</c>, <c>version</c>) is passed over.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChangeCampaign : CampaignForm;

public sealed class ChangeCampaignValidator : CampaignFormValidator<ChangeCampaign>;

/// <summary>What enrolments and offers of a campaign already rely upon.</summary>
public sealed record CampaignUse(bool Any, IReadOnlyCollection<string> Levels, IReadOnlyCollection<string> Subjects);

/// <summary>People have answered on this grid: it can no longer be replaced under them.</summary>
public sealed record CampaignInUse(string What, string WhatEn)
    : Refusal(
        RefusalKind.Conflict,
        "campaign-in-use",
        $"Des familles ou des enseignants ont déjà répondu : {What} ne peut plus changer.",
        $"Families or teachers have already answered: {WhatEn} can no longer change."
    );

public static class ChangeCampaignEndpoint
{
    public static Decision Decide(Campaign? campaign, ChangeCampaign command, CampaignUse use, Actor by, DateTimeOffset now)
    {
        if (campaign is null)
            return new NotFound();
        if (campaign.IsClosed)
            return new CampaignIsClosed();
        var (old, plan) = (campaign.Plan, command.ToPlan(campaign.Plan.TrustedDomains));
        if (use.Any)
        {
            if (!plan.Weeks.SequenceEqual(old.Weeks))
                return new CampaignInUse("le choix des semaines", "the choice of weeks");
            if (!plan.SlotStarts.SequenceEqual(old.SlotStarts) || plan.ModuleMinutes != old.ModuleMinutes)
                return new CampaignInUse("la grille des créneaux", "the grid of slots");
            if (plan.TimeZone != old.TimeZone)
                return new CampaignInUse("le fuseau horaire", "the time zone");
            if (use.Levels.Any(l => !plan.Levels.Contains(l)))
                return new CampaignInUse("un niveau demandé", "a level asked for");
            if (use.Subjects.Any(s => plan.SubjectOf(s) is null))
                return new CampaignInUse("une matière demandée", "a subject asked for");
        }
        return Decision.Of(new CampaignChanged(plan, by, now));
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPut(
                "/api/campaigns/{id:guid}",
                async (Guid id, ChangeCampaign request, [AsParameters] CommandContext context) =>
                {
                    var outcome = await context.Decide<Campaign>(
                        id,
                        async (reading, campaign) =>
                            Decide(
                                campaign,
                                request,
                                await UseOf(reading.Documents, id, context.Cancel),
                                Actor.Of(context.Caller),
                                context.Now
                            )
                    );
                    return await CampaignView.Answer(outcome, context, Results.Ok);
                }
            )
            .ForWholeAcademie()
            .Validated<ChangeCampaign>()
            .Produces<CampaignView>();

    private static async Task<CampaignUse> UseOf(IQuerySession session, Guid campaign, CancellationToken cancel)
    {
        // Only what is asked for counts; the list is as short as the campaign's own list of levels and subjects.
        var asked = await session
            .Query<Candidate>()
            .Where(c => c.CampaignId == campaign && !c.Withdrawn)
            .Select(c => new { c.Level, c.Wishes })
            .ToListAsync(cancel);
        var offers = await session.Query<Offer>().Where(o => o.CampaignId == campaign && !o.Withdrawn).ToListAsync(cancel);
        return new CampaignUse(
            asked.Count + offers.Count > 0,
            [
                .. asked
                    .Select(a => a.Level)
                    .Concat(offers.SelectMany(o => o.Terms.Teaches).SelectMany(t => t.Levels))
                    .Distinct(StringComparer.Ordinal),
            ],
            [
                .. asked
                    .SelectMany(a => a.Wishes)
                    .Select(w => w.Subject)
                    .Concat(offers.SelectMany(o => o.Terms.Teaches).Select(t => t.Subject))
                    .Distinct(StringComparer.Ordinal),
            ]
        );
    }
}
