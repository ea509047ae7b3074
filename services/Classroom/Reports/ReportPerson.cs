using FluentValidation;

namespace Stages.Classrooms.Reports;

public sealed class ReportPersonValidator : AbstractValidator<ReportRequest>
{
    public ReportPersonValidator()
    {
        RuleFor(r => r.Text)
            .NotEmpty()
            .WithMessage(_ => Say.In("Dites ce qui s’est passé.", "Say what happened."))
            .MaximumLength(ReportPerson.Longest);
        RuleFor(r => r.About).Must(about => about is null || Array.IndexOf(ReportPerson.Abouts, about) >= 0);
    }
}

public sealed record TooManyReports()
    : Refusal(
        RefusalKind.Conflict,
        "too-many-reports",
        "Vous avez fait cinq signalements en un jour : la coordination les lit. En cas d’urgence, appelez le 17 ou le 119.",
        "You have reported five times in a day: the coordinators read it. In an emergency call 17 or 119."
    );

/// <summary>Who reports, as the server knows them.</summary>
public sealed record Reporter(string Role, Guid Person, Guid? Enrolment);

/// <summary>A pupil, their family or a teacher reports somebody of a class; the coordinators are told.</summary>
public static class ReportPerson
{
    public const int Longest = 1000;

    public static readonly string[] Abouts = ["teacher", "pupil", "other"];

    private const int MostADay = 5;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <param name="about">Whom, as <see cref="ReportWords.About"/> has it, and which pupil.</param>
    /// <param name="ofLastDay">How often this person has reported since yesterday.</param>
    public static Decision Decide(
        ClassModule module,
        Reporter reporter,
        (string Who, Guid? Enrolment) about,
        string text,
        int ofLastDay,
        Guid id,
        DateTimeOffset now
    )
    {
        if (module.IsRehearsal)
            return new OnlyRehearsal();
        var words = text.Trim();
        if (words.Length is 0 or > Longest || Array.IndexOf(Abouts, about.Who) < 0)
            return new NotValid();
        if (ofLastDay >= MostADay)
            return new TooManyReports();
        return Decision
            .Nothing.AndStart<SafetyReport>(id, new PersonReported(id, module.Id, module.StageId, module.CampaignId, reporter.Role, now))
            .AndStore(new ReportWords(id, module.CampaignId, reporter.Person, reporter.Enrolment, about.Who, about.Enrolment, words, now));
    }

    /// <summary>Whom a participant of a class is; somebody who is none is "other".</summary>
    public static (string Who, Guid? Enrolment) WhoIs(Room room, Guid module, Guid? participant)
    {
        if (participant is not { } whom)
            return ("other", null);
        if (room.Stage.TeacherId is { } teacher && ClassSession.ParticipantIdOf(module, teacher) == whom)
            return ("teacher", null);
        var pupil = Array.Find(room.Stage.Pupils, p => ClassSession.ParticipantIdOf(module, p.EnrolmentId) == whom);
        return pupil is null ? ("other", null) : ("pupil", pupil.EnrolmentId);
    }

    /// <summary>Those of a stage, whichever of its modules: its teacher, and the families of its pupils.</summary>
    public static Reporter? Recognise(Caller caller, Room room, IReadOnlyList<PupilFamily> families) =>
        caller.IsTeacher
            ? room.Stage.TeacherId == caller.Id
                ? new Reporter(ParticipantRole.Teacher, caller.Id, null)
                : null
            : families.FirstOrDefault(f => f.PersonIds.Contains(caller.Id)) is { } own
                ? new Reporter(ParticipantRole.Pupil, caller.Id, own.Id)
                : null;

    /// <summary>One at a time for a person, so that the count holds.</summary>
    public static Task<Outcome> Tell(
        Journal journal,
        ClassModule module,
        Reporter reporter,
        (string Who, Guid? Enrolment) about,
        string text,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        journal.Decide(
            async reading =>
            {
                var since = now - Day;
                var today = await reading.Documents.Query<ReportWords>().CountAsync(w => w.By == reporter.Person && w.At > since, cancel);
                return Decide(module, reporter, about, text, today, Guid.CreateVersion7(now), now);
            },
            LockKey.Of("reports of", reporter.Person),
            cancel
        );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/modules/{id:guid}/reports", Report)
            .For(Roles.Family, Roles.Teacher)
            .Validated<ReportRequest>()
            .WithSummary("Report somebody of a class to the coordinators")
            .Produces(204)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> Report(Guid id, ReportRequest request, [AsParameters] CommandContext context)
    {
        var (reads, cancel) = (context.Reads, context.Cancel);
        if (await reads.LoadAsync<ClassModule>(id, cancel) is not { } module)
            return new NotFound().AsProblem();
        var room = (await reads.LoadAsync<Room>(module.StageId, cancel))!;
        var families = await reads.LoadManyAsync<PupilFamily>(cancel, [.. room.Stage.Pupils.Select(p => p.EnrolmentId)]);
        if (Recognise(context.Caller, room, families) is not { } reporter)
            return new NotOfThisClass().AsProblem();
        var about = (request.About ?? "other", (Guid?)null);
        var outcome = await Tell(context.Journal, module, reporter, about, request.Text ?? "", context.Now, cancel);
        return outcome.Refusal is { } refusal ? refusal.AsProblem() : Results.NoContent();
    }
}
