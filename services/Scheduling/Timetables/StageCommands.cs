using Marten;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Offers;
using Stages.ServiceDefaults;

namespace Stages.Scheduling.Timetables;

/// <summary>The stage's present status does not allow this.</summary>
public sealed record StageIs(string Status)
    : Refusal(
        RefusalKind.Conflict,
        "stage-status",
        $"Impossible : l’état du stage est « {Fr(Status)} ».",
        $"Not possible: the stage is {Status}."
    )
{
    private static new string Fr(string status) =>
        status switch
        {
            "draft" => "brouillon",
            "approved" => "validé",
            "published" => "publié",
            "rejected" => "rejeté",
            "replaced" => "remplacé",
            _ => "annulé",
        };
}

/// <summary>What the commands on one stage have in common: who may, under which lock, and the stage in the answer.</summary>
public static class StageCommands
{
    public static async Task<IResult> Obey(
        Guid id,
        Caller caller,
        IfMatch ifMatch,
        Journal journal,
        IQuerySession reads,
        HttpContext http,
        Func<IQuerySession, Stage, Campaign, ValueTask<Decision>> decide,
        CancellationToken cancel
    )
    {
        var outcome = await journal.Decide<Stage>(
            id,
            async (session, stage) =>
            {
                if (stage is null)
                    return new NotFound();
                await Locks.Timetable(session, stage.CampaignId, cancel);
                if (!StageView.Concerns(stage, await session.LoadAsync<Offer>(stage.OfferId, cancel), caller))
                    return new NotFound();
                var campaign =
                    await session.LoadAsync<Campaign>(stage.CampaignId, cancel)
                    ?? throw new InvalidOperationException("A stage without a campaign.");
                return campaign.IsClosed ? new CampaignIsClosed() : await decide(session, stage, campaign);
            },
            ifMatch,
            cancel: cancel
        );
        if (outcome.Refusal is not null)
            return outcome.Refusal.AsProblem();
        var stage = (await reads.LoadAsync<Stage>(id, cancel))!;
        var plan = (await reads.LoadAsync<Campaign>(stage.CampaignId, cancel))!.Plan;
        http.SetETag(stage.Version);
        return Results.Ok((await ReadStages.Describe(reads, plan, [stage], cancel))[0]);
    }
}
