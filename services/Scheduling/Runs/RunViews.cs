using Stages.Pairing;

namespace Stages.Scheduling.Runs;

/// <summary>Makes <see cref="RunView"/>.</summary>
public static class RunViews
{
    extension(RunView)
    {
        public static RunView Of(PairingRun run, RunProgress? progress) =>
            new(
                run.Id,
                run.CampaignId,
                run.Status,
                run.Status == RunStatus.Done ? 1 : Math.Round(progress?.Fraction ?? 0, 3),
                run.Score ?? progress?.Score,
                run.Seed,
                run.BudgetSeconds,
                run.Keep,
                run.Status == RunStatus.Done ? run.ElapsedSeconds : progress?.ElapsedSeconds ?? 0,
                run.RequestedAt,
                run.RequestedBy,
                run.EndedAt,
                run.Stages,
                run.Unplaced,
                run.Attempts
            );

        public static Task<IResult> Answer(Outcome outcome, CommandContext context, Func<RunView, IResult> answer) =>
            context.Answer<PairingRun>(
                outcome,
                run => run.Version,
                async run => answer(RunView.Of(run, await context.Reads.LoadAsync<RunProgress>(run.Id, context.Cancel)))
            );
    }

    public static RunView With(this RunView run, CampaignPlan plan, Proposal proposal) =>
        run with
        {
            Stages = [.. proposal.Stages.Select((s, i) => Describe(plan, s, i))],
            Unplaced = [.. proposal.Unplaced.Select(u => Describe(plan, proposal.Stages, u))],
        };

    private static RunStageView Describe(CampaignPlan plan, ProposedStage s, int number) =>
        new(
            number,
            Guid.Parse(s.Offer),
            s.Subject,
            string.Join('-', s.Levels),
            s.Levels,
            s.Week,
            [.. s.Modules.Select(m => ModuleTime.Of(plan, s.Week, m)).Select(m => new RunModuleView(m.Date, m.Start, m.End))],
            Wishes(s.Wishes),
            s.Pinned
        );

    private static UnplacedView Describe(CampaignPlan plan, IReadOnlyList<ProposedStage> stages, UnplacedWish u)
    {
        var (enrolment, subject) = Instances.WishOf(u.Wish);
        return new UnplacedView(
            enrolment,
            subject,
            u.Reason,
            Say.In(u.Text.Fr, u.Text.En),
            [.. u.WouldBePlacedIf.Select(r => Describe(plan, stages, r))]
        );
    }

    private static RemedyView Describe(CampaignPlan plan, IReadOnlyList<ProposedStage> stages, Remedy remedy)
    {
        var (fr, en) = Remedies.Describe(plan, stages, remedy);
        var text = Say.In(fr, en);
        return remedy switch
        {
            Remedy.PupilSlots r => new("pupilSlots", text, r.Stage, Week: r.Week, Slots: Codes(plan, r.Slots)),
            Remedy.Seat r => new("seat", text, r.Stage),
            Remedy.Pupils r => new(
                "pupils",
                text,
                OfferId: Guid.Parse(r.Offer),
                Week: r.Week,
                Levels: r.Levels,
                Slots: Codes(plan, r.Slots),
                Wishes: Wishes(r.Wishes),
                Missing: r.Missing
            ),
            Remedy.Volunteer r => new(
                "volunteer",
                text,
                Week: r.Week,
                Levels: r.Levels,
                Slots: Codes(plan, r.Slots),
                Wishes: Wishes(r.Wishes)
            ),
            _ => throw new InvalidOperationException($"Unknown remedy {remedy.GetType().Name}."),
        };
    }

    private static string[] Codes(CampaignPlan plan, int[] slots) => [.. slots.Select(s => Campaigns.Grid.Code(plan, s))];

    private static RunPupilView[] Wishes(IReadOnlyList<string> wishes) =>
        [.. wishes.Select(Instances.WishOf).Select(w => new RunPupilView(w.Enrolment, w.Subject))];
}
