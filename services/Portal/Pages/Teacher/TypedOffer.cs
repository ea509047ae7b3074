using Stages.Portal.Pages.Coordination;

namespace Stages.Portal.Pages.Teacher;

/// <summary>The form of an offer: as it stands, as it was posted, what is missing in it, and what the service takes.</summary>
public sealed record TypedOffer
{
    private static StringComparer Exactly => StringComparer.Ordinal;

    public string FirstName { get; private init; } = "";
    public string LastName { get; private init; } = "";
    public string Phone { get; private init; } = "";
    public string StagesPerWeek { get; private init; } = "1";
    public string GroupMax { get; private init; } = "";

    /// <summary>Levels by subject.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> Teaches { get; private init; } = new Dictionary<string, HashSet<string>>(Exactly);

    /// <summary>By week and slot: <c>possible</c> or <c>preferred</c>; a slot that is not there is impossible.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string>> States { get; private init; } =
        new Dictionary<string, Dictionary<string, string>>(Exactly);

    /// <param name="offer">Null: a new one, by this caller.</param>
    public static TypedOffer Of(OfferView? offer, CampaignView campaign, Caller caller)
    {
        var (first, last) = NameOf(offer?.Teacher, caller);
        return new()
        {
            FirstName = first,
            LastName = last,
            Phone = offer?.Teacher?.Phone ?? "",
            StagesPerWeek = Number(offer?.Limits.StagesPerWeek ?? 1),
            GroupMax = Number(offer?.Limits.GroupMax ?? campaign.Rules.GroupMax),
            Teaches = (offer?.Teaches ?? []).ToDictionary(t => t.Subject, t => t.Levels.ToHashSet(Exactly), Exactly),
            States = (offer?.Slots ?? new Dictionary<string, IReadOnlyList<OfferedSlot>>(Exactly)).ToDictionary(
                week => week.Key,
                week => week.Value.ToDictionary(s => s.Slot, s => s.Preference, Exactly),
                Exactly
            ),
        };
    }

    /// <summary>As the teacher wrote it; of a whole name the given one is what families are told, and the rest the other.</summary>
    private static (string First, string Last) NameOf(TeacherView? teacher, Caller caller)
    {
        if (teacher is { FirstName: { } first, LastName: { } last })
            return (first, last);
        var whole = teacher?.Name ?? caller.Name ?? "";
        var given = GivenName.Of(whole);
        return given == whole ? (whole, "") : (given, whole.Replace(given, "", StringComparison.Ordinal).Trim(' ', ','));
    }

    public static TypedOffer Read(IFormCollection posted, CampaignView campaign)
    {
        string Field(string name) => posted[name].ToString().Trim();
        HashSet<string> All(string name) => [.. posted[name].OfType<string>()];
        return new()
        {
            FirstName = Field("firstName"),
            LastName = Field("lastName"),
            Phone = Field("phone"),
            StagesPerWeek = Field("stagesPerWeek"),
            GroupMax = Field("groupMax"),
            Teaches = campaign.Subjects.ToDictionary(s => s.Code, s => All($"teach.{s.Code}"), Exactly),
            States = campaign.Weeks.ToDictionary(
                week => week.Label,
                week => Slots(campaign, week, slot => Field($"state.{week.Label}.{slot}"), All($"fill.{week.Label}")),
                Exactly
            ),
        };
    }

    /// <summary>Each slot as it was set, else as its half of the day was ticked.</summary>
    private static Dictionary<string, string> Slots(CampaignView campaign, Week week, Func<string, string> state, HashSet<string> filled)
    {
        string Of(WeekGrid.Slot slot) =>
            state(slot.Code) is { Length: > 0 } set ? set
            : filled.Contains(slot.Start.Hour < 12 ? "morning" : "afternoon") ? "possible"
            : "";
        return WeekGrid
            .Open(campaign, week)
            .Select(slot => (slot.Code, State: Of(slot)))
            .Where(slot => slot.State.Length > 0)
            .ToDictionary(slot => slot.Code, slot => slot.State, Exactly);
    }

    /// <summary>What a page can say before it asks the service, by the service's name of the field.</summary>
    public IReadOnlyDictionary<string, string[]> Faults()
    {
        var faults = new Dictionary<string, string[]>(Exactly);
        if (FirstName.Length == 0)
            faults["teacher.firstName"] = [Say.In("Indiquez votre prénom.", "Give your first name.")];
        if (LastName.Length == 0)
            faults["teacher.lastName"] = [Say.In("Indiquez votre nom de famille.", "Give your family name.")];
        if (Teaches.Values.All(levels => levels.Count == 0))
            faults["teaches"] = [Say.In("Cochez au moins un niveau d’une matière.", "Tick at least one level of a subject.")];
        if (States.Values.All(slots => slots.Count == 0))
            faults["slots"] = [Say.In("Indiquez au moins un créneau.", "Give at least one time slot.")];
        return faults;
    }

    /// <param name="offer">The one that is changed.</param>
    public OfferForm ToBody(OfferView? offer, CampaignView campaign, Caller caller) =>
        new()
        {
            Teacher = new(
                $"{FirstName} {LastName}",
                caller.Email ?? "",
                Phone.Length == 0 ? null : Phone,
                offer?.Teacher?.SchoolUai,
                Say.InEnglish ? "en" : "fr",
                FirstName,
                LastName
            ),
            Teaches =
            [
                .. Teaches.Where(t => t.Value.Count > 0).Select(t => new TeachingForm(t.Key, [.. campaign.Levels.Where(t.Value.Contains)])),
            ],
            Slots = States
                .Where(week => week.Value.Count > 0)
                .ToDictionary(
                    week => week.Key,
                    week => (IReadOnlyList<SlotForm>)[.. week.Value.Select(slot => new SlotForm(slot.Key, slot.Value))],
                    Exactly
                ),
            Limits = new(Typed.Number(StagesPerWeek) ?? 1, Typed.Number(GroupMax)),
        };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
