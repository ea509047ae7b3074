using Stages.Classrooms.Classes;
using Stages.Classrooms.Elsewhere;
using Stages.Classrooms.Live;

namespace Stages.Classrooms.Sessions;

/// <summary>Who asks, as the server knows them: never as the browser says.</summary>
public sealed record Joiner(string Role, Guid PersonId, Guid? EnrolmentId);

/// <summary>The one way into a class: a signed-in person of the group asks for a ticket.</summary>
public static class JoinClass
{
    /// <summary>How long before the start the door opens.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromMinutes(15);

    /// <summary>Time to follow the link, and no more: who is late asks for another one.</summary>
    public static readonly TimeSpan TicketLife = TimeSpan.FromMinutes(5);

    public static Decision Decide(
        ClassSession? session,
        Room room,
        RoomModule module,
        Joiner joiner,
        string ticketHash,
        DateTimeOffset now,
        TimeSpan? life = null
    )
    {
        if (now < module.StartsAt - Early)
            return new TooEarly(module.StartsAt - Early);
        if (now >= module.EndsAt)
            return new Over();
        var participant = ClassSession.ParticipantIdOf(module.ModuleId, joiner.EnrolmentId ?? joiner.PersonId);
        if (session?.SeatOf(participant)?.IsSentOut == true)
            return new RemovedFromClass();
        var ticket = new TicketIssued(
            ticketHash,
            participant,
            joiner.Role,
            joiner.PersonId,
            joiner.EnrolmentId,
            now + (life ?? TicketLife),
            now
        );
        return session is null ? Decision.Of(new ClassOpened(module.ModuleId, room.Id, room.CampaignId), ticket) : Decision.Of(ticket);
    }

    /// <summary>The same rules where the class is held elsewhere; the seat is given at once, for attendance.</summary>
    public static Decision DecideElsewhere(ClassSession? session, Room room, RoomModule module, Joiner joiner, DateTimeOffset now)
    {
        var decision = Decide(session, room, module, joiner, "", now);
        if (decision.Refusal is not null)
            return decision;
        var participant = ClassSession.ParticipantIdOf(module.ModuleId, joiner.EnrolmentId ?? joiner.PersonId);
        var seat = new SeatGiven(participant, joiner.Role, joiner.PersonId, joiner.EnrolmentId, now);
        return session is null ? Decision.Of(new ClassOpened(module.ModuleId, room.Id, room.CampaignId), seat)
            : session.SeatOf(participant) is null ? Decision.Of(seat)
            : Decision.Nothing;
    }

    /// <summary>Decides the role. Families prove themselves by the accounts that Enrolment names for each pupil of the group.</summary>
    public static (Joiner? Joiner, Refusal? Refusal) Recognise(Caller caller, Room room, IReadOnlyList<PupilFamily> families, Guid? wanted)
    {
        if (caller.IsTeacher)
            return room.Stage.TeacherId == caller.Id
                ? (new Joiner(ParticipantRole.Teacher, caller.Id, null), null)
                : (null, new NotOfThisClass());
        if (caller.IsCoordinator)
            return room.IsSeenBy(caller) ? (new Joiner(ParticipantRole.Coordinator, caller.Id, null), null) : (null, new NotOfThisClass());
        var own = families.Where(f => f.PersonIds.Contains(caller.Id) && (wanted is null || f.Id == wanted)).ToList();
        return own.Count switch
        {
            0 => (null, new NotOfThisClass()),
            1 => (new Joiner(ParticipantRole.Pupil, caller.Id, own[0].Id), null),
            _ => (null, new WhichPupil([.. own.Select(f => new PupilChoice(f.Id, f.FirstName))])),
        };
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/modules/{id:guid}/join", Join)
            .For(Roles.Family, Roles.Teacher, Roles.Coordinator)
            .Produces<JoinAnswer>()
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(502)
            .ProducesProblem(503);

    private static async Task<IResult> Join(
        Guid id,
        JoinClassRequest? request,
        IOptions<ClassroomOptions> options,
        AskClass classes,
        Meetings meetings,
        PublicAddress address,
        [AsParameters] CommandContext context
    )
    {
        var (caller, reads, cancel) = (context.Caller, context.Reads, context.Cancel);
        var (room, module, refusal) = await ClassRooms.Find(reads, id, cancel);
        if (refusal is not null)
            return refusal.AsProblem();
        var families = caller.IsFamily
            ? await reads.LoadManyAsync<PupilFamily>(cancel, room!.Stage.Pupils.Select(p => p.EnrolmentId).ToArray())
            : [];
        var (joiner, unknown) = Recognise(caller, room!, families, request?.EnrolmentId);
        if (joiner is null)
            return unknown!.AsProblem();

        var now = context.Now;
        var place = await ClassPlace.Of(reads, room!.CampaignId, room.Id, cancel);
        if (place.Kind != PlaceKinds.Ours)
        {
            var given = await classes.Note(id, new Join(room, module!, joiner, "", TicketLife, now, Elsewhere: true), cancel: cancel);
            if (given.Refused)
                return given.Refusal!.AsProblem();
            if (place.IsAddress)
                return Results.Ok(new JoinAnswer(place.AddressOf(id), joiner.Role, module!.EndsAt));
            if (await ModuleInfo.Read(reads, id, cancel) is not { } info)
                return new ModuleCancelled().AsProblem();
            var who = ClassSession.ParticipantIdOf(id, joiner.EnrolmentId ?? joiner.PersonId);
            return Results.Ok(
                new JoinAnswer(
                    await meetings.Join(info, who, joiner.Role, info.Names.GetValueOrDefault(who, caller.Name ?? ""), address.Root, cancel),
                    joiner.Role,
                    now + TicketLife
                )
            );
        }

        var secret = Secrets.New();
        var life = options.Value.TicketLife;
        var outcome = await classes.Note(id, new Join(room, module!, joiner, Secrets.Hash(secret), life, now), cancel: cancel);
        if (outcome.Refused)
            return outcome.Refusal!.AsProblem();
        return Results.Ok(new JoinAnswer(address.Of($"/classroom/{id}#{secret}"), joiner.Role, now + life));
    }
}
