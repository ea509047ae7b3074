namespace Stages.Api.Scheduling;

public sealed record TeacherView(string Name, string Email, string? Phone, string? SchoolUai, string Language);

public sealed record Teaching(string Subject, IReadOnlyList<string> Levels);

/// <param name="Slot">Code such as <c>MON-09:00</c>.</param>
/// <param name="Preference"><c>preferred</c> or <c>possible</c>.</param>
public sealed record OfferedSlot(string Slot, string Preference);

/// <param name="StagesPerWeek">How many stages the teacher takes in a week at most.</param>
/// <param name="GroupMax">Largest group; null: the campaign's.</param>
public sealed record Limits(int StagesPerWeek, int? GroupMax);

/// <summary>An offer as its teacher and coordinators see it.</summary>
/// <param name="Teacher">Null once the teacher's data was erased.</param>
/// <param name="Slots">Week to the slots at which the teacher is available; a week that is absent is not offered.</param>
/// <param name="Status"><c>active</c> or <c>withdrawn</c>.</param>
public sealed record OfferView(
    Guid Id,
    Guid CampaignId,
    TeacherView? Teacher,
    IReadOnlyList<Teaching> Teaches,
    IReadOnlyDictionary<string, IReadOnlyList<OfferedSlot>> Slots,
    Limits Limits,
    string Status,
    long Version
);

public sealed record TeacherForm(
    string? Name = null,
    string? Email = null,
    string? Phone = null,
    string? SchoolUai = null,
    string? Language = null
);

public sealed record TeachingForm(string? Subject = null, IReadOnlyList<string>? Levels = null);

public sealed record SlotForm(string? Slot = null, string? Preference = null);

public sealed record LimitsForm(int? StagesPerWeek = null, int? GroupMax = null);

/// <summary>What declares and changes an offer. A slot marked <c>impossible</c> is the same as one left out.</summary>
public record OfferForm
{
    public TeacherForm? Teacher { get; init; }

    public IReadOnlyList<TeachingForm>? Teaches { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<SlotForm>>? Slots { get; init; }

    public LimitsForm? Limits { get; init; }
}
