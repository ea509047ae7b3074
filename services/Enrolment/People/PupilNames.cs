namespace Stages.Enrolments.People;

/// <summary>
/// Names of pupils for pages. The Portal asks as the person whose page it is, and this service itself says whose names these may be:
/// a page that showed too much elsewhere shows no name for it.
/// </summary>
public static class PupilNames
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/internal/pupils",
                async (PupilsAsked asked, Caller caller, IQuerySession session, CancellationToken cancel) =>
                {
                    var found = await session.Query<Enrolment>().Where(e => e.Id.IsOneOf(asked.EnrolmentIds)).ToListAsync(cancel);
                    return Results.Ok(new Page<PupilName>([.. found.Where(e => MayName(caller, e)).Select(e => NameOf(caller, e))], null));
                }
            )
            .For(Roles.Coordinator, Roles.Teacher)
            .ReadsFiles<Page<PupilName>>(p => p.Items.Select(n => n.EnrolmentId))
            .ExcludeFromDescription();

    /// <summary>Coordinators the pupils of their territory, teachers those of their published stages.</summary>
    public static bool MayName(Caller caller, Enrolment enrolment) =>
        caller.IsTeacher
            ? enrolment.Places.Any(p => p.TeacherId == caller.Id)
            : caller.IsCoordinator && caller.Covers(enrolment.Content.Pupil.SchoolUai);

    /// <summary>A teacher reads what they wrote themselves of a pupil, and not what others did.</summary>
    private static PupilName NameOf(Caller caller, Enrolment e) =>
        new(
            e.Id,
            e.Content.Pupil.FirstName,
            e.Content.Pupil.LastName,
            e.Content.Pupil.Level,
            e.Content.Pupil.SchoolUai,
            e.SchoolNote,
            [
                .. (e.Reports ?? [])
                    .Where(r => caller.IsCoordinator || e.Places.Any(p => p.StageId == r.StageId && p.TeacherId == caller.Id))
                    .Select(r => new ReportView(r.StageId, r.Text, r.At)),
            ]
        );
}
