namespace Stages.Api.Classroom;

/// <summary>Somebody reports a person of a class.</summary>
/// <param name="Text">What happened, in at most 1000 signs.</param>
/// <param name="About"><c>teacher</c>, <c>pupil</c> or <c>other</c>; absent: <c>other</c>.</param>
public sealed record ReportRequest(string? Text = null, string? About = null);

/// <summary>A report as coordinators read it.</summary>
/// <param name="ByRole"><c>pupil</c> (or the family) or <c>teacher</c>.</param>
/// <param name="ByEnrolment">The pupil for whom it was said.</param>
/// <param name="Text">Empty once it was erased.</param>
public sealed record ConcernView(
    Guid Id,
    Guid ModuleId,
    Guid StageId,
    string ByRole,
    Guid? ByEnrolment,
    string About,
    Guid? AboutEnrolment,
    string Text,
    DateTimeOffset At
);
