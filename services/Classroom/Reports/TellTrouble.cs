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

    /// <summary>Of one pupil or teacher the coordinators get a letter once in that time, however often they try again.</summary>
    private static readonly TimeSpan LetterEach = TimeSpan.FromHours(24);

    /// <param name="children">Of whom the caller is a guardian, or who they are; each with the room of a stage, where one is known.</param>
    /// <param name="taught">Rooms of the caller, who teaches.</param>
    /// <param name="before">What was last sent for the same.</param>
    /// <param name="id">Of the stream that says it.</param>
    public static Decision Decide(
        Caller caller,
        IReadOnlyList<(PupilFamily Child, Room? Room)> children,
        IReadOnlyList<Room> taught,
        IReadOnlyList<string> faults,
        IReadOnlyList<CheckTrouble> before,
        Guid id,
        DateTimeOffset now
    )
    {
        string[] broken = [.. Troubles.All.Intersect(faults)];
        if (broken.Length == 0)
            return new NotValid();
        if (caller.IsTeacher ? taught.Count == 0 : children.Count == 0)
            return new NotOfThisClass();
        var known = before.ToLookup(b => b.Id, b => b.LetterAt);
        CheckTrouble[] found =
        [
            .. (caller.IsTeacher ? [OfTeacher(caller, taught)] : children.Select(c => OfPupil(caller, c))).Select(t =>
                t with
                {
                    Faults = broken,
                    At = now,
                    LetterAt = known[t.Id].SingleOrDefault(at => at > now - LetterEach, now),
                }
            ),
        ];
        return Decision.Nothing.AndStore(found).And(id, [.. Letters(found.Where(t => t.LetterAt == now), now)]);
    }

    private static CheckTrouble OfTeacher(Caller caller, IReadOnlyList<Room> taught) =>
        new(
            caller.Id,
            [.. taught.Select(r => r.CampaignId).Distinct()],
            caller.Id,
            null,
            ParticipantRole.Teacher,
            [.. taught.SelectMany(r => r.Stage.Pupils).Select(p => p.SchoolUai).OfType<string>().Distinct()]
        );

    private static CheckTrouble OfPupil(Caller caller, (PupilFamily Child, Room? Room) c) =>
        new(
            c.Child.Id,
            [c.Child.CampaignId],
            caller.Id,
            c.Child.Id,
            ParticipantRole.Pupil,
            [.. (c.Room?.Stage.Pupils ?? []).Where(p => p.EnrolmentId == c.Child.Id).Select(p => p.SchoolUai).OfType<string>()]
        );

    /// <summary>One for a campaign; it names schools and nobody.</summary>
    private static IEnumerable<CheckFailed> Letters(IEnumerable<CheckTrouble> found, DateTimeOffset now) =>
        from trouble in found
        from campaign in trouble.Campaigns
        group trouble by campaign into all
        select new CheckFailed(all.Key, [.. all.SelectMany(t => t.Schools).Distinct(StringComparer.Ordinal)], all.First().ByRole, now);

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
        Guid[] whose = caller.IsTeacher ? [caller.Id] : [.. children.Select(c => c.Item1.Id)];
        var before = await reads.LoadManyAsync<CheckTrouble>(cancel, whose);
        var (id, now) = (Guid.CreateVersion7(context.Now), context.Now);
        var outcome = await context.Decide(Decide(caller, children, taught, request.Faults ?? [], before, id, now));
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
