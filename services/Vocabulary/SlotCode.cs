namespace Stages.Vocabulary;

/// <summary>
/// A timeslot of a campaign's week, by day and start: <c>MON-09:00</c>. Which of them a campaign has is the campaign's matter.
/// </summary>
[JsonConverter(typeof(TextJson<SlotCode>))]
public sealed record SlotCode : IText<SlotCode>
{
    private static readonly string[] EnglishDays = ["MON", "TUE", "WED", "THU", "FRI"];
    private static readonly string[] FrenchDays = ["LUN", "MAR", "MER", "JEU", "VEN"];

    private static readonly LocalText Missing = new("Indiquez un créneau, comme MON-09:00.", "Give a slot, such as MON-09:00.");
    private static readonly LocalText Shape = new(
        "Un créneau s’écrit jour-heure, du lundi au vendredi, comme MON-09:00.",
        "A slot is written day-time, Monday to Friday, such as MON-09:00."
    );

    public SlotCode(int day, TimeOnly start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(day);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(day, Days);
        (Day, Start) = (day, new TimeOnly(start.Hour, start.Minute));
    }

    /// <summary>Days of a week on which stages take place.</summary>
    public const int Days = 5;

    /// <summary>0 is Monday, 4 Friday.</summary>
    public int Day { get; }

    /// <summary>To the minute, in the campaign's zone.</summary>
    public TimeOnly Start { get; }

    /// <summary>Every slot of a week, by day and then by start.</summary>
    public static IEnumerable<SlotCode> Week(IReadOnlyCollection<TimeOnly> starts) =>
        Enumerable.Range(0, Days).SelectMany(day => starts.Select(start => new SlotCode(day, start)));

    public static SlotCode Parse(string? text) => Texts.Parse<SlotCode>(text);

    /// <summary>Exactly as it is written; what people type is read by <see cref="Typed"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SlotCode? value, [NotNullWhen(false)] out LocalText? reason)
    {
        value = null;
        reason =
            string.IsNullOrWhiteSpace(text) ? Missing
            : text.Length == 9
            && text[3] == '-'
            && Array.IndexOf(EnglishDays, text[..3]) is >= 0 and var day
            && TimeOnly.TryParseExact(text.AsSpan(4), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            && (value = new SlotCode(day, start)) is not null
                ? null
            : Shape;
        return value is not null;
    }

    /// <summary>As people write it in a list: « lun-09:00 », « MON-9:00 »; null when it is no slot.</summary>
    public static SlotCode? Typed(string? text)
    {
        var parts = (text ?? "").Trim().ToUpperInvariant().Split('-');
        if (parts.Length != 2)
            return null;
        var day = Math.Max(Array.IndexOf(EnglishDays, parts[0]), Array.IndexOf(FrenchDays, parts[0]));
        return
            day >= 0
            && TimeOnly.TryParseExact(parts[1], ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            ? new SlotCode(day, start)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{EnglishDays[Day]}-{Start:HH\\:mm}");
}
