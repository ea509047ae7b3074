using FluentValidation;

namespace Stages.Classrooms.Reports;

public sealed class TroubleValidator : AbstractValidator<TroubleRequest>
{
    public TroubleValidator()
    {
        RuleFor(r => r.Faults).NotEmpty();
        RuleForEach(r => r.Faults).Must(f => Troubles.All.Contains(f));
    }
}

/// <summary>A family or a teacher lets the coordinators know, days before a class, that sound or network do not work for them.</summary>
public static class TellTrouble
{
    /// <summary>Of one page for a coordinator; what is older has been seen.</summary>
    private const int Most = 200;

    /// <param name="children">Of whom the caller is a guardian, or who they are; each with the room of a stage, where one is known.</param>
    /// <param name="taught">Rooms of the caller, who teaches.</param>
    public static Decision Decide(
        Caller caller,
        IReadOnlyList<(PupilFamily Child, Room? Room)> children,
        IReadOnlyList<Room> taught,
        IReadOnlyList<string> faults,
        DateTimeOffset now
    )
    {
        string[] broken = [.. Troubles.All.Intersect(faults)];
        if (broken.Length == 0)
            return new NotValid();
        if (caller.IsTeacher)
            return taught.Count == 0
                ? new NotOfThisClass()
                : Decision.Nothing.AndStore(
                    new CheckTrouble(
                        caller.Id,
                        [.. taught.Select(r => r.CampaignId).Distinct()],
                        caller.Id,
                        null,
                        ParticipantRole.Teacher,
                        [.. taught.SelectMany(r => r.Stage.Pupils).Select(p => p.SchoolUai).OfType<string>().Distinct()],
                        broken,
                        now
                    )
                );
        if (children.Count == 0)
            return new NotOfThisClass();
        return Decision.Nothing.AndStore([
            .. children.Select(c => new CheckTrouble(
                c.Child.Id,
                [c.Child.CampaignId],
                caller.Id,
                c.Child.Id,
                ParticipantRole.Pupil,
                [.. (c.Room?.Stage.Pupils ?? []).Where(p => p.EnrolmentId == c.Child.Id).Select(p => p.SchoolUai).OfType<string>()],
                broken,
                now
            )),
        ]);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/classroom/troubles", Tell)
            .For(Roles.Family, Roles.Teacher)
            .Validated<TroubleRequest>()
            .WithSummary("Tell the coordinators what the check of sound and network found broken")
            .Produces(204)
            .ProducesProblem(403);
        routes
            .MapGet("/api/classroom/troubles", Read)
            .For(Roles.Coordinator)
            .ReadsFiles<Page<TroubleView>>(p => p.Items.Select(t => t.ByEnrolment).OfType<Guid>())
            .Produces<Page<TroubleView>>();
    }

    private static async Task<IResult> Tell(TroubleRequest request, [AsParameters] CommandContext context)
    {
        var (caller, reads, cancel) = (context.Caller, context.Reads, context.Cancel);
        var children = new List<(PupilFamily, Room?)>();
        IReadOnlyList<Room> taught = [];
        if (caller.IsTeacher)
            taught = await reads
                .Query<Room>()
                .Where(r => r.Stage.TeacherId == caller.Id && !r.Released && !r.IsRehearsal)
                .ToListAsync(cancel);
        else
            foreach (var child in await reads.Query<PupilFamily>().Where(f => f.PersonIds.Contains(caller.Id)).ToListAsync(cancel))
            {
                var room = await reads
                    .Query<Room>()
                    .Where(r => r.CampaignId == child.CampaignId && r.Stage.Pupils.Any(p => p.EnrolmentId == child.Id))
                    .FirstOrDefaultAsync(cancel);
                children.Add((child, room));
            }
        var outcome = await context.Decide(Decide(caller, children, taught, request.Faults ?? [], context.Now));
        return outcome.Refusal is { } refusal ? refusal.AsProblem() : Results.NoContent();
    }

    private static async Task<IResult> Read(Guid campaign, Caller caller, IQuerySession reads, CancellationToken cancel)
    {
        var told = await reads
            .Query<CheckTrouble>()
            .Where(t => t.Campaigns.Contains(campaign))
            .OrderByDescending(t => t.At)
            .Take(Most)
            .ToListAsync(cancel);
        return Results.Ok(
            new Page<TroubleView>(
                [.. told.Where(t => t.IsSeenBy(caller)).Select(t => new TroubleView(t.Id, t.ByRole, t.ByEnrolment, t.Faults, t.At))],
                null
            )
        );
    }
}
