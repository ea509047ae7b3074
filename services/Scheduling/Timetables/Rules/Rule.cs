namespace Stages.Scheduling.Timetables.Rules;

/// <summary>What breaks a rule, in the sentences that a coordinator reads.</summary>
/// <param name="About">A slot, an enrolment, another stage, so that two breaches of one rule can be told apart.</param>
public sealed record Breach(string Fr, string En, string About = "", Guid? EnrolmentId = null, Guid? StageId = null, string? Slot = null);

/// <summary>A hard rule: the stable code by which an answer names it, and the method that finds what breaks it.</summary>
/// <typeparam name="T">What is judged: a stage, or a move.</typeparam>
public sealed record Rule<T>(string Code, Func<T, Surroundings, IEnumerable<Breach>> Breaches)
{
    public IEnumerable<Conflict> Judge(T judged, Surroundings around) =>
        Breaches(judged, around).Select(b => new Conflict(Code, b.Fr, b.En, b.About, b.EnrolmentId, b.StageId, b.Slot));
}
