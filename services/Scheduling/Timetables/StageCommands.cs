using Stages.Scheduling.Offers;

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
    public static Task<IResult> Obey(Guid id, CommandContext context, Func<Stage, Decision> decide) =>
        Obey(id, context, (_, stage, _) => ValueTask.FromResult(decide(stage)));

    /// <param name="alsoChanged">Other stages that the command changes: as they then are, with their versions, in the answer.</param>
    public static async Task<IResult> Obey(
        Guid id,
        CommandContext context,
        Func<IQuerySession, Stage, Campaign, ValueTask<Decision>> decide,
        IReadOnlyList<Guid>? alsoChanged = null
    )
    {
        var outcome = await Decide<object>(id, context, async (documents, stage, campaign) => await decide(documents, stage, campaign));
        if (outcome.Refusal is not null)
            return outcome.Refusal.AsProblem();
        var (reads, cancel) = (context.Reads, context.Cancel);
        var stage = (await reads.LoadAsync<Stage>(id, cancel))!;
        var plan = (await reads.LoadAsync<Campaign>(stage.CampaignId, cancel))!.Plan;
        context.Http.SetETag(stage.Version);
        var others = await reads.LoadManyAsync<Stage>(cancel, [.. alsoChanged ?? []]);
        var views = await ReadStages.Describe(reads, plan, [stage, .. others], context.Caller, cancel);
        return Results.Ok(views[0] with { AlsoChanged = views.Count > 1 ? [.. views.Skip(1)] : null });
    }

    /// <summary>Under the lock of the campaign's timetable, which is the stage's own as well: no stage changes campaign.</summary>
    public static async Task<Outcome<TResult>> Decide<TResult>(
        Guid id,
        CommandContext context,
        Func<IQuerySession, Stage, Campaign, ValueTask<Decision<TResult>>> decide
    )
    {
        if (await context.Reads.LoadAsync<Stage>(id, context.Cancel) is not { } seen)
            return new Outcome<TResult>(id, 0, default, new NotFound());
        return await context.Journal.Decide<Stage, TResult>(
            id,
            async (reading, stage) =>
            {
                if (stage is null || !StageView.Concerns(stage, await reading.Load<Offer>(stage.OfferId), context.Caller))
                    return new NotFound();
                var campaign =
                    await reading.Load<Campaign>(stage.CampaignId) ?? throw new InvalidOperationException("A stage without a campaign.");
                return campaign.IsClosed ? new CampaignIsClosed() : await decide(reading.Documents, stage, campaign);
            },
            context.IfMatch,
            under: Locks.Timetable(seen.CampaignId),
            cancel: context.Cancel
        );
    }
}
