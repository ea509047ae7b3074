namespace Stages.Api.Scheduling;

/// <summary>The public figures of a campaign.</summary>
/// <param name="Schools">Schools from which at least one pupil enrolled.</param>
/// <param name="PupilHours">Hours of class times pupils.</param>
public sealed record FiguresView(
    int Enrolments,
    int Wishes,
    int Schools,
    int Teachers,
    int Stages,
    int Modules,
    int PlacedPupils,
    int PlacedWishes,
    double PupilHours,
    IReadOnlyList<SubjectFigures> Subjects
);

public sealed record SubjectFigures(string Subject, string Name, int Wishes, int Placed, int Stages);

/// <summary>Supply and demand of a campaign.</summary>
/// <param name="Offers">Of accepted teachers: the others count for nothing yet.</param>
/// <param name="TeachersWaiting">Offers whose teachers wait to be accepted.</param>
public sealed record DemandView(
    int Enrolments,
    int Wishes,
    int PlacedWishes,
    int Offers,
    int Seats,
    IReadOnlyList<DemandCell> Subjects,
    IReadOnlyList<SlotCell> Slots,
    IReadOnlyList<TerritoryLine> Territories,
    int TeachersWaiting = 0
);

/// <param name="Wishes">Asked for.</param>
/// <param name="Placed">Of these, held by a stage of the present timetable.</param>
/// <param name="Teachers">Who offer this subject at this level.</param>
/// <param name="Seats">
/// What these could give if they taught nothing else: stages a week × group, over their weeks. Teachers of several subjects
/// or levels count in each.
/// </param>
/// <param name="Short">Wishes beyond the seats.</param>
public sealed record DemandCell(string Subject, string Level, int Wishes, int Placed, int Teachers, int Seats, int Short);

/// <param name="Pupils">Who can come then.</param>
/// <param name="Teachers">Who are available then; <paramref name="Preferred"/> of them like it.</param>
public sealed record SlotCell(string Week, string Slot, bool Closed, int Pupils, int Teachers, int Preferred);

/// <param name="Territory">The département, as schools' codes begin with it.</param>
public sealed record TerritoryLine(string Territory, int Enrolments, int Wishes, int Placed, int Offers);

/// <summary>A decision in a campaign.</summary>
/// <param name="What">Name of the event, stable.</param>
/// <param name="By">Name of the coordinator; null for teachers, families and the service itself.</param>
/// <param name="Count">How many stages, offers or enrolments it was done to.</param>
/// <param name="Subject">The one it was done to, when it is one.</param>
/// <param name="Stages">The first of them, where it was done to several stages at once.</param>
public sealed record HistoryEntry(
    DateTimeOffset At,
    string What,
    string Text,
    string Role,
    string? By,
    int Count,
    Guid? Subject,
    string? Detail,
    HistoryStage? Stage = null,
    IReadOnlyList<HistoryStage>? Stages = null
);

/// <summary>The stage that a decision was about.</summary>
public sealed record HistoryStage(Guid Id, string Subject, string Level, string Week);
