using Stages.Classrooms.Reports;

namespace Stages.Classrooms.Families;

/// <summary>
/// What this service holds of one enrolment, for a family without an account: the Portal asks, once Enrolment has allowed and noted it.
/// It goes when Enrolment tells that the enrolment was erased.
/// </summary>
/// <param name="Reports">What the pupil reported; what is said of them is not theirs to read.</param>
public sealed record EnrolmentData(
    string? FirstName,
    IReadOnlyList<People.PersonClass> Classes,
    IReadOnlyList<EnrolmentData.Note> Notes,
    IReadOnlyList<People.PersonReport> Reports,
    IReadOnlyList<People.PersonWork> Works
)
{
    public sealed record Note(Guid ModuleId, string? Text);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/internal/enrolments/{enrolmentId:guid}",
                async (Guid enrolmentId, IQuerySession query, NpgsqlDataSource database, CancellationToken cancel) =>
                    Results.Ok(await Of(enrolmentId, query, database, cancel))
            )
            .For(Roles.Service)
            .ExcludeFromDescription();

    private static async Task<EnrolmentData> Of(Guid id, IQuerySession query, NpgsqlDataSource database, CancellationToken cancel)
    {
        var sessions = await query
            .Query<ClassSession>()
            .Where(s => s.Seats.Any(x => x.EnrolmentId == id) || s.Corrections.Any(c => c.EnrolmentId == id))
            .ToListAsync(cancel);
        var reports = await query.Query<ReportWords>().Where(w => w.ByEnrolment == id).ToListAsync(cancel);
        return new EnrolmentData(
            (await query.LoadAsync<PupilFamily>(id, cancel))?.FirstName,
            [
                .. from session in sessions
                from seat in session.Seats
                where seat.EnrolmentId == id
                select new People.PersonClass(
                    session.Id,
                    seat.Role,
                    id,
                    [.. seat.Presences.Select(p => new People.PersonStay(p.From, p.To))]
                ),
            ],
            [.. sessions.SelectMany(s => s.Corrections.Where(c => c.EnrolmentId == id).Select(c => new Note(s.Id, c.Note)))],
            [
                .. reports.Select(w => new People.PersonReport(w.About, w.Text, w.At)),
                .. await query.LoadAsync<CheckTrouble>(id, cancel) is { } trouble
                    ? [People.Of(trouble)]
                    : Array.Empty<People.PersonReport>(),
            ],
            await People.Works(sessions, new HashSet<Guid> { id }, database, cancel)
        );
    }
}
