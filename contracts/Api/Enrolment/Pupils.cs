namespace Stages.Api.Enrolment;

public sealed record PupilsAsked(Guid[] EnrolmentIds);

/// <summary>For a page that the Portal shows to the pupil's teacher or coordinator.</summary>
public sealed record PupilName(
    Guid EnrolmentId,
    string FirstName,
    string LastName,
    string Level,
    string SchoolUai,
    string? SchoolNote,
    IReadOnlyList<ReportView> Reports
);

/// <summary>An enrolment as the coordinators' board needs it: who, from where, which subjects; no address, no slot.</summary>
public sealed record PupilLine(Guid Id, string FirstName, string LastName, string Level, string SchoolUai, IReadOnlyList<string> Wishes);
