namespace Stages.Api.Classroom;

/// <summary>What a campaign says about recording its classes.</summary>
/// <param name="KeptDays">1 to 30: after so many days a recording is deleted.</param>
/// <param name="ForFamilies">
/// The families of a group may watch what is recorded from then on; else its teacher and coordinators alone.
/// </param>
public sealed record SetRecordingRuleRequest(bool Allowed, int KeptDays = SetRecordingRuleRequest.DefaultDays, bool ForFamilies = false)
{
    public const int DefaultDays = 7;
}

/// <param name="DeletedAt">When it deletes itself.</param>
/// <param name="Running">It is being recorded now.</param>
public sealed record RecordingView(
    Guid Id,
    DateTimeOffset From,
    DateTimeOffset To,
    long Bytes,
    DateTimeOffset DeletedAt,
    bool Running = false
);

/// <summary>Recordings of one stage, as far as the caller may watch them.</summary>
/// <param name="Allowed">Whether its campaign allows recording now; what was recorded before stands until its day.</param>
/// <param name="ForFamilies">Whether the group's families may watch what is recorded from now on.</param>
/// <param name="MayDelete">The caller may delete them.</param>
public sealed record StageRecordings(
    Guid StageId,
    Guid CampaignId,
    string Subject,
    IReadOnlyList<string> Levels,
    string TeacherFirstName,
    string TimeZone,
    bool Allowed,
    int KeptDays,
    bool ForFamilies,
    bool MayDelete,
    IReadOnlyList<ModuleRecordings> Items
);

public sealed record ModuleRecordings(
    Guid ModuleId,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    IReadOnlyList<RecordingView> Recordings
);
