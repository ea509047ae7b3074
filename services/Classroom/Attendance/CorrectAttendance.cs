using FluentValidation;
using Stages.Classrooms.Classes;

namespace Stages.Classrooms.Attendance;

public sealed class CorrectAttendanceValidator : AbstractValidator<CorrectAttendanceRequest>
{
    public CorrectAttendanceValidator()
    {
        RuleFor(r => r.Pupils).NotEmpty().Must(p => p is null || p.Count <= 50);
        RuleForEach(r => r.Pupils)
            .ChildRules(p =>
            {
                p.RuleFor(x => x.EnrolmentId).NotEmpty();
                p.RuleFor(x => x.MinutesPresent).InclusiveBetween(0, 24 * 60);
                p.RuleFor(x => x.Note).MaximumLength(500).IsProse();
            });
        RuleFor(r => r.Pupils)
            .Must(p => p is null || p.Select(x => x.EnrolmentId).Distinct().Count() == p.Count)
            .WithMessage(_ => Say.In("Un élève figure deux fois.", "A pupil stands twice."));
    }
}

/// <summary>The teacher knows better than the door: a pupil whose camera, browser or network failed was there.</summary>
public static class CorrectAttendance
{
    public static Decision Decide(
        ClassSession? session,
        Room room,
        ClassModule module,
        CorrectAttendanceRequest request,
        Caller by,
        DateTimeOffset now
    )
    {
        if (module.IsRehearsal)
            return new OnlyRehearsal();
        if (now < module.StartsAt)
            return new NotStarted();
        var length = (int)(module.EndsAt - module.StartsAt).TotalMinutes;
        var wrong = request.Pupils.Select((p, i) => Check(p, i, room, session, length, by)).OfType<FieldRefused>().ToList();
        if (wrong.Count > 0)
            return new FieldsRefused(wrong);
        var corrected = request
            .Pupils.Where(p =>
                session?.Corrections.Any(c => c.EnrolmentId == p.EnrolmentId && c.Minutes == p.MinutesPresent && c.Note == p.Note) != true
            )
            .Select(p => (object)new AttendanceCorrected(p.EnrolmentId, p.MinutesPresent, p.Note, by.Id, now))
            .ToList();
        if (corrected.Count == 0)
            return Decision.Nothing;
        return Decision.Of(session is null ? [new ClassOpened(module.Id, room.Id, room.CampaignId), .. corrected] : corrected);
    }

    private static FieldRefused? Check(PupilMinutes p, int index, Room room, ClassSession? session, int length, Caller by) =>
        room.Stage.Pupils.All(x => x.EnrolmentId != p.EnrolmentId) && session?.Seats.Any(s => s.EnrolmentId == p.EnrolmentId) != true
            ? new FieldRefused(
                $"pupils[{index}].enrolmentId",
                "not-in-group",
                "Cet élève n’est pas de ce groupe.",
                "This pupil is not in this group."
            )
        : !room.Tells(by, p.EnrolmentId)
            ? new FieldRefused(
                $"pupils[{index}].enrolmentId",
                "other-territory",
                "Cet élève est d’un autre département : sa présence n’est pas à corriger d’ici.",
                "This pupil is of another département: their attendance is not to be corrected from here."
            )
        : p.MinutesPresent > length
            ? new FieldRefused(
                $"pupils[{index}].minutesPresent",
                "too-long",
                $"La séance dure {length} minutes.",
                $"The session lasts {length} minutes."
            )
        : null;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/api/modules/{id:guid}/attendance", Correct)
            .For(Roles.Teacher, Roles.Coordinator)
            .Validated<CorrectAttendanceRequest>()
            .Produces(204)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(412)
            .ProducesProblem(422);

    private static async Task<IResult> Correct(
        Guid id,
        CorrectAttendanceRequest request,
        AskClass classes,
        [AsParameters] CommandContext context
    )
    {
        var caller = context.Caller;
        var (module, room, refusal) = await ClassRooms.FindKept(context.Reads, id, caller, context.Cancel);
        if (refusal is not null)
            return refusal.AsProblem();
        var ask = new Correct(room!, module!, request, caller);
        var outcome = await classes.Note(id, ask, context.IfMatch.Version, context.Cancel);
        if (outcome.Refused)
            return outcome.Refusal!.AsProblem();
        context.Http.SetETag(outcome.Version);
        return Results.NoContent();
    }
}

public sealed record NotStarted()
    : Refusal(RefusalKind.Conflict, "not-started", "Cette séance n’a pas commencé.", "This session has not started.");
