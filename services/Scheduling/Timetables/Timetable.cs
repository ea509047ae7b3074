namespace Stages.Scheduling.Timetables;

// The timetable of a campaign as a whole: which proposal it stems from, and when it was published. Its stages are streams of their
// own; this one says what a coordinator did to all of them at once.

public sealed record AdoptionStarted(Guid CampaignId, Guid RunId, Actor By, DateTimeOffset At);

public sealed record TimetableAdopted(Guid RunId, Actor By, DateTimeOffset At);

public sealed record TimetablePublished(int Stages, int Waiting, Actor By, DateTimeOffset At);

/// <summary>An adoption under way. Everything it creates has an id that follows from it.</summary>
public sealed record Adopting(Guid RunId, Actor By, DateTimeOffset At)
{
    public Guid StageId(int number) => TimetableIds.Derived(At, $"{RunId}/{number}");

    public Guid ModuleId(int number, int module) => TimetableIds.Derived(At, $"{RunId}/{number}/{module}");
}

public sealed record Timetable(Guid Id, Guid CampaignId, Guid? RunId, Adopting? Adopting, DateTimeOffset? PublishedAt)
{
    public long Version { get; init; }

    public static Timetable Create(AdoptionStarted e) =>
        new(TimetableIds.Of(e.CampaignId), e.CampaignId, null, new Adopting(e.RunId, e.By, e.At), null);

    public Timetable Apply(AdoptionStarted e) => this with { Adopting = new Adopting(e.RunId, e.By, e.At) };

    public Timetable Apply(TimetableAdopted e) => this with { RunId = e.RunId, Adopting = null };

    public Timetable Apply(TimetablePublished e) => this with { PublishedAt = e.At };
}

/// <summary>Ids that follow from what they belong to, so that repeating a step finds what the step has already made.</summary>
public static class TimetableIds
{
    /// <summary>The stream of a campaign's timetable.</summary>
    public static Guid Of(Guid campaign) => HashId.Of(IdSpace.Timetable, campaign.ToString());

    /// <summary>The stream of what an enrolment's family is told of its waiting wishes.</summary>
    public static Guid Waiting(Guid enrolment) => HashId.Of(IdSpace.Waiting, enrolment.ToString());

    /// <summary>A stage or a module made at that instant.</summary>
    public static Guid Derived(DateTimeOffset at, string what) => HashId.At(at, IdSpace.Stage, what);
}
