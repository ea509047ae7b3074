using Marten;
using Stages.ServiceDefaults;

namespace Stages.Enrolments;

/// <summary>Who may see an enrolment, and how a changed one is answered.</summary>
public static class EnrolmentAccess
{
    /// <summary>Its family and the coordinators of its school's territory. To anybody else it does not exist.</summary>
    public static bool MayRead(Caller caller, Enrolment enrolment) =>
        caller.IsCoordinator
            ? caller.Covers(enrolment.Content.Pupil.SchoolUai)
            : caller.IsFamily && enrolment.FamilyIds.Contains(caller.Id);

    public static async Task<IResult> Answer(Outcome outcome, IQuerySession session, HttpContext http, CancellationToken cancel)
    {
        if (outcome.Refusal is { } refusal)
            return refusal.AsProblem();
        var enrolment = await session.LoadAsync<Enrolment>(outcome.Id, cancel);
        if (enrolment is null)
            return new NotFound().AsProblem();
        http.SetETag(enrolment.Version);
        return Results.Ok(EnrolmentView.Of(enrolment, Caller.From(http.User)));
    }
}
