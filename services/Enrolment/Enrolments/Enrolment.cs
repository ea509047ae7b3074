namespace Stages.Enrolments;

// One pupil in one campaign. Events first, then the state, which is also the page that the family reads: one row for both keeps
// an enrolment at three durable rows.

public sealed record EnrolmentSubmitted(
    Guid CampaignId,
    EnrolmentContent Content,
    int Priority,
    bool IdentifiedBySchool,
    Author By,
    DateTimeOffset At
);

public sealed record EnrolmentChanged(EnrolmentContent Content, int Priority, bool IdentifiedBySchool, Author By, DateTimeOffset At);

public sealed record EnrolmentWithdrawn(Author By, DateTimeOffset At);

/// <summary>Another enrolment of the same child ended in this one.</summary>
/// <param name="Others">It, and those that had ended in it before.</param>
/// <param name="Joined">Accounts that see it although they are no guardian's: who had enrolled the child in the other.</param>
public sealed record EnrolmentsMerged(
    Guid[] Others,
    EnrolmentContent Content,
    int Priority,
    bool IdentifiedBySchool,
    Objection[] Objections,
    Guid[] Joined,
    Author By,
    DateTimeOffset At
);

/// <summary>The child has another enrolment, in which this one ended.</summary>
public sealed record EnrolmentMergedInto(Guid Into, Author By, DateTimeOffset At);

/// <summary>A coordinator has looked at both: this child and that of the other enrolment are two.</summary>
public sealed record ChildrenToldApart(Guid Other, Author By, DateTimeOffset At);

/// <summary>Scheduling published a stage with this pupil in it, or changed such a stage.</summary>
public sealed record PlaceOffered(Place Place, DateTimeOffset At);

/// <summary>A teacher was erased at their own request: what places say of them is gone.</summary>
public sealed record PlaceTeacherForgotten(Guid TeacherId, DateTimeOffset At);

/// <summary>The pupil is no longer in the stage, or the stage does not take place.</summary>
public sealed record PlaceTakenBack(Guid StageId, string Subject, string? Reason, DateTimeOffset At, string? Why = null);

public sealed record PlacementConfirmed(Guid StageId, string Subject, Author By, DateTimeOffset At);

/// <param name="KeepWaiting">The wish waits for another group, as every declined one did before families were asked.</param>
public sealed record PlacementDeclined(Guid StageId, string Subject, Author By, DateTimeOffset At, bool KeepWaiting = true);

/// <summary>Why the wishes without a place wait.</summary>
public sealed record WaitingExplained(long TimetableVersion, Waiting[] Wishes, DateTimeOffset At);

/// <summary>The school tells the teacher what helps this pupil, in its own words; empty when it takes the note back.</summary>
public sealed record SchoolNoteWritten(string Text, Author By, DateTimeOffset At);

/// <summary>The stage's teacher wrote about this pupil, for the family and the school.</summary>
public sealed record ReportWritten(Guid StageId, string Subject, string Text, Author By, DateTimeOffset At);

/// <summary>Classroom measured how long the pupil was at a module, or the teacher corrected it.</summary>
/// <param name="Version">As Classroom counts it: what is older than the known one is ignored.</param>
public sealed record PresenceNoted(Guid ModuleId, Guid StageId, int Minutes, string Source, long Version, DateTimeOffset At);

/// <summary>A guardian does not agree with the enrolment, in the words that they chose.</summary>
public sealed record GuardianObjected(string Reason, Author By, DateTimeOffset At);

public sealed record ObjectionTakenBack(Author By, DateTimeOffset At);

/// <summary>A coordinator gave a family without an account what is kept of it.</summary>
public sealed record DataExported(Author By, DateTimeOffset At);

/// <summary>One guardian asked to be forgotten, another is left: what stands without the first. Earlier events are masked.</summary>
public sealed record GuardianForgotten(EnrolmentContent Content, Guid? Submitter, DateTimeOffset At, Guid[]? Joined = null);

/// <summary>The family asked to be forgotten; Marten masks names and addresses in the earlier events too.</summary>
/// <param name="By">The coordinator who did it for a family without an account, else nobody.</param>
/// <param name="AskedBy">How that family asked: <c>letter</c>, <c>visit</c> or <c>phone</c>.</param>
public sealed record EnrolmentErased(DateTimeOffset At, Author? By = null, string? AskedBy = null);

/// <summary>Who did it: an account and the role in which it acted.</summary>
public sealed record Author(Guid Id, string Role)
{
    public static Author Of(Caller caller) => new(caller.Id, caller.Role);

    /// <summary>Of a family remains that it was one.</summary>
    public Author Forgotten() => Role == Roles.Family ? this with { Id = Guid.Empty } : this;
}

/// <param name="Status"><c>offered</c>, <c>confirmed</c>, <c>declined</c> or <c>cancelled</c>.</param>
/// <param name="Levels">Those of its stage; null in places of before this was kept.</param>
public sealed record Place(
    Guid StageId,
    long StageVersion,
    string Subject,
    string Week,
    string TimeZone,
    string TeacherFirstName,
    PlaceModule[] Modules,
    string Status = PlaceStatus.Offered,
    string? Reason = null,
    Guid? TeacherId = null,
    DateTimeOffset? AnswerBefore = null,
    string? Ended = null,
    string[]? Levels = null
)
{
    /// <summary>That there was one, with nobody.</summary>
    public Place Forgotten() => this with { TeacherFirstName = "", TeacherId = null };
}

public static class PlaceStatus
{
    public const string Offered = "offered";
    public const string Confirmed = "confirmed";
    public const string Declined = "declined";
    public const string Cancelled = "cancelled";

    public static bool IsHeld(string status) => status is Offered or Confirmed;
}

/// <summary>
/// How a place ended that the family did not decline: what <see cref="Contracts.Scheduling.PupilGone"/> says, or one of these.
/// </summary>
public static class PlaceEnd
{
    /// <summary>The stage goes on without the pupil, by decision of the coordinators.</summary>
    public const string TakenBack = "taken-back";

    /// <summary>The stage does not take place.</summary>
    public const string NoStage = "no-stage";
}

public sealed record Waiting(
    string Subject,
    int Position,
    string Reason,
    string TextFr,
    string TextEn,
    string[] WouldBePlacedIfFr,
    string[] WouldBePlacedIfEn
);

/// <param name="By">The guardian's account.</param>
public sealed record Objection(Guid By, string Reason, DateTimeOffset At);

public sealed record StageReport(Guid StageId, string Subject, string Text, DateTimeOffset At);

/// <param name="Source"><c>classroom</c> when measured, <c>teacher</c> when corrected.</param>
public sealed record ModulePresence(Guid ModuleId, Guid StageId, int Minutes, string Source, long Version);

/// <param name="Submitter">Account of the family that submitted it; null when a coordinator did so on its behalf.</param>
/// <param name="FamilyIds">Accounts that may read and change it: who submitted it and each guardian.</param>
/// <param name="Reference">See <see cref="EnrolmentReference"/>; null in one of before there were any.</param>
/// <param name="ChildKey">By which another enrolment of the same child is found, see <see cref="Doubles"/>.</param>
/// <param name="MergedInto">The enrolment of the same child in which this one ended.</param>
/// <param name="Merged">The enrolments that ended in this one.</param>
/// <param name="Joined">Accounts of <see cref="EnrolmentsMerged"/> that may read it besides.</param>
/// <param name="Apart">Enrolments of which a coordinator said that they are another child's.</param>
/// <param name="GivenUp">Subjects whose place was declined for good: the wish is answered and waits for nothing.</param>
public sealed record Enrolment(
    Guid Id,
    Guid CampaignId,
    string Status,
    EnrolmentContent Content,
    int Priority,
    bool IdentifiedBySchool,
    Guid? Submitter,
    Guid[] FamilyIds,
    Place[] Places,
    Waiting[] Waiting,
    long TimetableVersion,
    DateTimeOffset SubmittedAt,
    DateTimeOffset ChangedAt,
    long Version,
    string? SchoolNote = null,
    StageReport[]? Reports = null,
    ModulePresence[]? Presences = null,
    Objection[]? Objections = null,
    string? Reference = null,
    string? ChildKey = null,
    string[]? GivenUp = null,
    Guid? MergedInto = null,
    Guid[]? Merged = null,
    Guid[]? Joined = null,
    Guid[]? Apart = null
)
{
    public const string Submitted = "submitted";
    public const string Withdrawn = "withdrawn";
    public const string Erased = "erased";

    /// <summary>Ended in another one of the same child.</summary>
    public const string Joint = "merged";

    public bool IsStanding => Status == Submitted;

    /// <summary>What coordinators find it by.</summary>
    public string Words =>
        NameSearch.Words([
            Content.Pupil.FirstName,
            Content.Pupil.LastName,
            .. Content.Guardians.SelectMany(g => (string?[])[g.Name, g.Email]),
        ]);

    /// <summary>What <see cref="PossibleDoubles"/> are found by; nothing once it does not stand.</summary>
    public Guid[] Likeness => IsStanding ? PossibleDoubles.KeysOf(CampaignId, Content.Pupil, Content.Marks) : [];

    public static Enrolment Create(JasperFx.Events.IEvent<EnrolmentSubmitted> e) => Begin(e.StreamId, e.Data);

    /// <summary>What the first event makes of nothing, for whoever has the event and needs no store.</summary>
    public static Enrolment Begin(Guid id, EnrolmentSubmitted e) =>
        new(
            id,
            e.CampaignId,
            Submitted,
            e.Content,
            e.Priority,
            e.IdentifiedBySchool,
            Family.SubmitterOf(e.By),
            Family.AccountsOf(e.Content, Family.SubmitterOf(e.By)),
            [],
            [],
            0,
            e.At,
            e.At,
            1,
            Reference: EnrolmentReference.Of(id),
            ChildKey: Doubles.KeyOf(e.CampaignId, e.Content.Pupil)
        );

    public static Enrolment Apply(EnrolmentChanged e, Enrolment s) =>
        s with
        {
            Content = e.Content,
            Priority = e.Priority,
            IdentifiedBySchool = e.IdentifiedBySchool,
            ChangedAt = e.At,
            Version = s.Version + 1,
            FamilyIds = Family.AccountsOf(e.Content, s.Submitter, s.Joined),
            ChildKey = Doubles.KeyOf(s.CampaignId, e.Content.Pupil),
            GivenUp = s.GivenUp is null ? null : [.. s.GivenUp.Where(x => e.Content.Wishes.Any(w => w.Subject == x))],
        };

    public static Enrolment Apply(EnrolmentWithdrawn e, Enrolment s) =>
        s with
        {
            Status = Withdrawn,
            Waiting = [],
            ChangedAt = e.At,
            Version = s.Version + 1,
        };

    public static Enrolment Apply(EnrolmentsMerged e, Enrolment s) =>
        s with
        {
            Content = e.Content,
            Priority = e.Priority,
            IdentifiedBySchool = e.IdentifiedBySchool,
            Objections = e.Objections,
            Merged = [.. (s.Merged ?? []).Union(e.Others)],
            Joined = e.Joined,
            FamilyIds = Family.AccountsOf(e.Content, s.Submitter, e.Joined),
            ChildKey = Doubles.KeyOf(s.CampaignId, e.Content.Pupil),
            ChangedAt = e.At,
            Version = s.Version + 1,
        };

    public static Enrolment Apply(EnrolmentMergedInto e, Enrolment s) =>
        s with
        {
            Status = Joint,
            MergedInto = e.Into,
            Waiting = [],
            ChangedAt = e.At,
            Version = s.Version + 1,
        };

    public static Enrolment Apply(ChildrenToldApart e, Enrolment s) =>
        s with
        {
            Apart = [.. s.Apart ?? [], e.Other],
            Version = s.Version + 1,
        };

    public static Enrolment Apply(PlaceOffered e, Enrolment s) =>
        s with
        {
            Places = [.. s.Places.Where(p => p.StageId != e.Place.StageId || p.Subject != e.Place.Subject), e.Place],
            Waiting = [.. s.Waiting.Where(w => w.Subject != e.Place.Subject)],
            Version = s.Version + 1,
        };

    public static Enrolment Apply(PlaceTeacherForgotten e, Enrolment s) =>
        s with
        {
            Places = [.. s.Places.Select(p => p.TeacherId == e.TeacherId ? p.Forgotten() : p)],
            Version = s.Version + 1,
        };

    public static Enrolment Apply(PlaceTakenBack e, Enrolment s) =>
        s.WithPlace(e.StageId, e.Subject, PlaceStatus.Cancelled, e.Reason, e.Why);

    public static Enrolment Apply(PlacementConfirmed e, Enrolment s) => s.WithPlace(e.StageId, e.Subject, PlaceStatus.Confirmed, null);

    public static Enrolment Apply(PlacementDeclined e, Enrolment s) =>
        s.WithPlace(e.StageId, e.Subject, PlaceStatus.Declined, null) with
        {
            GivenUp = [.. (s.GivenUp ?? []).Where(x => x != e.Subject), .. e.KeepWaiting ? Array.Empty<string>() : [e.Subject]],
        };

    /// <summary>What still looks for a place or has one: what the family wrote, without what it gave up.</summary>
    public Wish[] StandingWishes(EnrolmentContent content) => [.. content.Wishes.Where(w => GivenUp?.Contains(w.Subject) != true)];

    public static Enrolment Apply(WaitingExplained e, Enrolment s) =>
        s with
        {
            Waiting = e.Wishes,
            TimetableVersion = e.TimetableVersion,
            Version = s.Version + 1,
        };

    public static Enrolment Apply(SchoolNoteWritten e, Enrolment s) =>
        s with
        {
            SchoolNote = e.Text.Length == 0 ? null : e.Text,
            Version = s.Version + 1,
        };

    public static Enrolment Apply(ReportWritten e, Enrolment s) =>
        s with
        {
            Reports =
            [
                .. (s.Reports ?? []).Where(r => r.StageId != e.StageId || r.Subject != e.Subject),
                new StageReport(e.StageId, e.Subject, e.Text, e.At),
            ],
            Version = s.Version + 1,
        };

    public static Enrolment Apply(PresenceNoted e, Enrolment s) =>
        s with
        {
            Presences =
            [
                .. (s.Presences ?? []).Where(p => p.ModuleId != e.ModuleId),
                new ModulePresence(e.ModuleId, e.StageId, e.Minutes, e.Source, e.Version),
            ],
            Version = s.Version + 1,
        };

    public static Enrolment Apply(GuardianObjected e, Enrolment s) =>
        s with
        {
            Objections = [.. Family.Others(s.Objections, e.By.Id), new Objection(e.By.Id, e.Reason, e.At)],
            Version = s.Version + 1,
        };

    public static Enrolment Apply(ObjectionTakenBack e, Enrolment s) =>
        s with
        {
            Objections = Family.Others(s.Objections, e.By.Id),
            Version = s.Version + 1,
        };

    public static Enrolment Apply(DataExported _, Enrolment s) => s with { Version = s.Version + 1 };

    public static Enrolment Apply(GuardianForgotten e, Enrolment s)
    {
        var left = Family.AccountsOf(e.Content, e.Submitter, e.Joined);
        return s with
        {
            Content = e.Content,
            Submitter = e.Submitter,
            Joined = e.Joined,
            FamilyIds = left,
            Objections = [.. (s.Objections ?? []).Where(o => left.Contains(o.By))],
            ChangedAt = e.At,
            Version = s.Version + 1,
        };
    }

    public static Enrolment Apply(EnrolmentErased e, Enrolment s) =>
        s with
        {
            Status = Erased,
            Submitter = null,
            FamilyIds = [],
            Waiting = [],
            Places = [.. s.Places.Select(p => p.Forgotten())],
            SchoolNote = null,
            Reports = null,
            Objections = null,
            ChildKey = null,
            Joined = null,
            ChangedAt = e.At,
            Version = s.Version + 1,
            Content = Erase(s.Content),
        };

    /// <summary>What remains after an erasure: enough for the figures, nothing that names anybody.</summary>
    public static EnrolmentContent Erase(EnrolmentContent c) =>
        c with
        {
            Pupil = c.Pupil with { FirstName = "", LastName = "", BirthYear = null },
            Guardians = [],
            Slots = [],
            Marks = null,
        };

    /// <summary>Whatever became of it, nothing is asked any more.</summary>
    private Enrolment WithPlace(Guid stageId, string subject, string status, string? reason, string? ended = null) =>
        this with
        {
            Places =
            [
                .. Places.Select(p =>
                    p.StageId == stageId && p.Subject == subject
                        ? p with
                        {
                            Status = status,
                            Reason = reason,
                            AnswerBefore = null,
                            Ended = ended,
                        }
                        : p
                ),
            ],
            Version = Version + 1,
        };
}
