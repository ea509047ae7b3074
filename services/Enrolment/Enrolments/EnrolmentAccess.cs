namespace Stages.Enrolments;

/// <summary>Who may see an enrolment, and how a changed one is answered.</summary>
public static class EnrolmentAccess
{
    /// <summary>Its family and the coordinators of its school's territory. To anybody else it does not exist.</summary>
    public static bool MayRead(Caller caller, Enrolment enrolment) =>
        caller.IsCoordinator
            ? caller.Covers(enrolment.Content.Pupil.SchoolUai)
            : caller.IsFamily && enrolment.FamilyIds.Contains(caller.Id);

    /// <summary>As the caller may see it.</summary>
    public static Task<IResult> Answer(Outcome outcome, CommandContext context) =>
        context.Answer<Enrolment>(outcome, e => e.Version, e => ValueTask.FromResult(Results.Ok(EnrolmentView.Of(e, context.Caller))));
}
