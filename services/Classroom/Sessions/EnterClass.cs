using FluentValidation;
using Stages.Classrooms.Classes;

namespace Stages.Classrooms.Sessions;

/// <param name="Ticket">What stood behind <c>#</c> in the personal link.</param>
/// <param name="Attempt">16 to 64 letters that one page draws by lot and keeps: with it, it may ask again when an answer was lost.</param>
public sealed record EnterClassRequest(Guid ModuleId, string Ticket, string? Attempt = null);

/// <param name="RecordingAllowed">Whether the question of recording is asked at the door.</param>
/// <param name="Levels">Of the stage: a young pupil is spoken to as one speaks to a child, from the door on.</param>
public sealed record EnterClassAnswer(Guid ParticipantId, string Role, bool RecordingAllowed, string[] Levels);

public sealed class EnterClassValidator : AbstractValidator<EnterClassRequest>
{
    public EnterClassValidator()
    {
        RuleFor(r => r.Ticket).NotEmpty().MaximumLength(200);
        RuleFor(r => r.Attempt).Length(16, 64);
    }
}

/// <summary>
/// Gives a seat for a ticket, once. The seat's secret is a cookie that no script can read; whoever asks again with the same attempt,
/// because the answer was lost, gets the same.
/// </summary>
public static class EnterClass
{
    /// <summary>After the end of the module there is a moment to say goodbye.</summary>
    public static readonly TimeSpan Goodbye = TimeSpan.FromMinutes(15);

    /// <summary>Gives the ticket that was used up.</summary>
    /// <param name="teacher">The account of the stage's teacher at this moment.</param>
    public static Decision<Ticket> Decide(ClassSession? session, Guid? teacher, string ticketHash, string seatHash, DateTimeOffset now)
    {
        // Asked again because the answer was lost: the secret is this request's own, nobody else can have taken that seat.
        if (session is not null && Array.Find(session.Seats, s => s.SeatHash == seatHash) is { } taken)
            return Decision.Nothing.Giving(new Ticket(ticketHash, taken.ParticipantId, taken.Role, taken.PersonId, taken.EnrolmentId, now));
        if (session is null || Array.Find(session.Tickets, t => t.Hash == ticketHash) is not { } ticket || ticket.ExpiresAt <= now)
            return new TicketUnknown();
        if (ticket.Role == ParticipantRole.Teacher && ticket.PersonId != teacher)
            return new NotOfThisClass();
        if (session.SeatOf(ticket.ParticipantId)?.IsSentOut == true)
            return new RemovedFromClass();
        return Decision.Of(new SeatTaken(ticketHash, ticket.ParticipantId, seatHash, now)).Giving(ticket);
    }

    public static string CookieOf(Guid participantId) => $"stages-seat-{participantId:N}";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/classroom/enter", Enter).AllowAnonymous().Validated<EnterClassRequest>().ExcludeFromDescription();

    private static async Task<IResult> Enter(EnterClassRequest request, AskClass classes, [AsParameters] CommandContext context)
    {
        var (http, cancel) = (context.Http, context.Cancel);
        var (room, module, refusal) = await ClassRooms.Find(context.Reads, request.ModuleId, cancel);
        // A guessed link must not tell which modules exist.
        if (refusal is not null)
            return (refusal is NotFound ? new TicketUnknown() : refusal).AsProblem();
        var seat = Secrets.OfSeat(request.Ticket, request.Attempt);
        var outcome = await classes.Note(
            request.ModuleId,
            new TakeSeat(room!.Stage.TeacherId, Secrets.Hash(request.Ticket), Secrets.Hash(seat)),
            cancel: cancel
        );
        if (outcome.Value is not Ticket used)
            return outcome.Refusal!.AsProblem();
        http.WriteCookie(CookieOf(used.ParticipantId), seat, module!.EndsAt + Goodbye, SameSiteMode.Strict);
        return Results.Ok(
            new EnterClassAnswer(
                used.ParticipantId,
                used.Role,
                (await RecordingRule.Of(context.Reads, room.CampaignId, cancel)).Allowed,
                [.. room.Stage.Levels]
            )
        );
    }
}
