namespace Stages.Api.Classroom;

/// <param name="Size">In bytes.</param>
/// <param name="EnrolmentId">The pupil whose work it is; null: the teacher has handed it out.</param>
/// <param name="FirstName">Of that pupil; null where the caller may not know it.</param>
public sealed record ClassFileView(Guid Id, string Name, string Type, int Size, DateTimeOffset At, Guid? EnrolmentId, string? FirstName);

/// <summary>Files of one stage's classes, as far as they are the caller's to read; they end with the rest of what was said there.</summary>
/// <param name="Keeps">The caller is its teacher or a coordinator, and sees the work of pupils.</param>
public sealed record StageFiles(
    Guid StageId,
    Guid CampaignId,
    string Subject,
    IReadOnlyList<string> Levels,
    string TeacherFirstName,
    string TimeZone,
    bool Keeps,
    IReadOnlyList<ModuleFiles> Items
);

/// <param name="DeletedAt">When its files are deleted.</param>
public sealed record ModuleFiles(
    Guid ModuleId,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset DeletedAt,
    IReadOnlyList<ClassFileView> Files
);
