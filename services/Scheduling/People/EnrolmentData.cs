using Stages.Scheduling.Candidates;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.People;

/// <summary>
/// What this service holds of one enrolment, for a family without an account: the Portal asks, once Enrolment has allowed and noted it.
/// It goes when Enrolment tells that the enrolment was erased.
/// </summary>
public static class EnrolmentData
{
    public sealed record View(Candidate? Enrolment, IReadOnlyList<StageOf> Stages);

    public sealed record StageOf(Guid StageId, string Subject, string Week, StageStatus Status, DateTimeOffset? AnswerBefore);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/internal/enrolments/{enrolmentId:guid}",
                async (Guid enrolmentId, IQuerySession reads, CancellationToken cancel) =>
                {
                    var stages = await reads.Query<Stage>().Where(s => s.Seats.Any(x => x.EnrolmentId == enrolmentId)).ToListAsync(cancel);
                    return Results.Ok(
                        new View(
                            await reads.LoadAsync<Candidate>(enrolmentId, cancel),
                            [
                                .. from stage in stages
                                from seat in stage.Seats
                                where seat.EnrolmentId == enrolmentId
                                select new StageOf(stage.Id, stage.Subject, stage.Week, stage.Status, seat.AnswerBefore),
                            ]
                        )
                    );
                }
            )
            .For(Roles.Service)
            .ExcludeFromDescription();
}
