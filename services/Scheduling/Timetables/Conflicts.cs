using Stages.Scheduling.Offers;
using Stages.Scheduling.Timetables.Rules;

namespace Stages.Scheduling.Timetables;

/// <summary>A hard rule that a stage would break.</summary>
/// <param name="Code">The rule's, stable.</param>
/// <param name="About">What breaks it (a slot, an enrolment, another stage), so that two conflicts of one rule can be told apart.</param>
public sealed record Conflict(
    string Code,
    string Fr,
    string En,
    string About = "",
    Guid? EnrolmentId = null,
    Guid? StageId = null,
    string? Slot = null
);

/// <summary>What is around a stage: enough to judge it, however it was read.</summary>
/// <param name="Others">Other live stages that share its teacher, one of its pupils, or a sibling to keep apart from.</param>
public sealed record Surroundings(
    CampaignPlan Plan,
    Offer? Offer,
    IReadOnlyDictionary<Guid, Candidate> Candidates,
    IReadOnlyList<Stage> Others
)
{
    public Households Households { get; init; } = Households.None;

    public OtherCampaigns Elsewhere { get; init; } = OtherCampaigns.None;
}

/// <summary>The hard rules of a timetable, as http-api.md's 409 names them.</summary>
public static class Conflicts
{
    /// <summary>The catalogue: a conflict has its code from here, so that there is no other.</summary>
    public static readonly IReadOnlyList<Rule<Stage>> OfAStage = [.. Modules.All, .. Teacher.All, .. Group.All, .. Pupils.All];

    public static IReadOnlyList<Conflict> Of(Stage stage, Surroundings around) => [.. OfAStage.SelectMany(r => r.Judge(stage, around))];

    /// <summary>Those of <paramref name="after"/> that were not there before: a move is not blamed for what it leaves as it was.</summary>
    public static IReadOnlyList<Conflict> Added(IReadOnlyList<Conflict> before, IReadOnlyList<Conflict> after) =>
        [.. after.Where(a => !before.Any(b => b.Code == a.Code && b.About == a.About))];
}

/// <summary>Makes <see cref="ConflictView"/>.</summary>
public static class ConflictViews
{
    extension(ConflictView)
    {
        public static ConflictView Of(Conflict c) => new(c.Code, Say.In(c.Fr, c.En), c.EnrolmentId, c.StageId, c.Slot);
    }
}

/// <summary>Hard rules stand against it: every one is named.</summary>
public sealed record InConflict(IReadOnlyList<Conflict> Conflicts)
    : Refusal(
        RefusalKind.Conflict,
        "conflicts",
        "Cette modification contredit des règles de la campagne.",
        "This change is against rules of the campaign."
    )
{
    public override IReadOnlyDictionary<string, object?> Details => Detail("conflicts", Conflicts.Select(ConflictView.Of).ToArray());
}
