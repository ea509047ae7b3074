namespace Stages.Notifications.Letters;

/// <summary>A pupil as their own family names them.</summary>
public sealed record PupilLine(Guid EnrolmentId, string FirstName);

public sealed record ModuleLine(
    Guid ModuleId,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    DateTimeOffset StartsAt,
    int Sequence,
    bool Cancelled
);

/// <summary>Until when a place must be answered, in the campaign's hours.</summary>
public sealed record AnswerBy(DateTimeOffset Instant, DateOnly Day, TimeOnly Time)
{
    /// <summary>« avant le jeudi 2 avril 2026 à 10 h 30 ».</summary>
    public string In(Language language) =>
        language.In($"avant le {language.Day(Day)} à {language.Time(Time)}", $"before {language.Day(Day)} at {language.Time(Time)}");

    /// <summary>« avant 02/04 10h30 », for a text message.</summary>
    public string Short(Pen pen) => pen.In("avant ", "before ") + StageFacts.ShortTime(pen, Day, Time);
}

/// <summary>A stage as it stood at the instant <paramref name="At"/>, with all that letters and invitations say of it.</summary>
/// <param name="Modules">By date; with those that were cancelled.</param>
public sealed record StageFacts(
    Guid StageId,
    Guid CampaignId,
    string Campaign,
    LocalText Subject,
    IReadOnlyList<string> Levels,
    string TimeZone,
    string TeacherFirstName,
    IReadOnlyList<ModuleLine> Modules,
    DateTimeOffset At
)
{
    private IEnumerable<ModuleLine> Held => Modules.Where(m => !m.Cancelled);

    /// <summary>« Mathématiques (3e) ».</summary>
    public string Name(Language language) => $"{Subject.In(language.Code)} ({string.Join(", ", Levels)})";

    public Facts AsFacts(Pen pen, params IReadOnlyList<(string, string)> more) =>
        new([(pen.In("Stage", "Stage"), Name(pen.Language)), (pen.In("Campagne", "Campaign"), Campaign), .. more]);

    public (string, string) TeacherLine(Pen pen) => (pen.In("Avec", "With"), Teacher(pen));

    public string Teacher(Pen pen) => pen.Language.Teacher(TeacherFirstName);

    public Sessions AsSessions(Pen pen) => new(pen.In("Les séances", "The sessions"), [.. Held.Select(m => Line(pen, m))]);

    public static SessionLine Line(Pen pen, ModuleLine module, string? note = null) =>
        new(pen.Language.FirstUpper(pen.Language.Day(module.Date)), pen.Language.Hours(module.Start, module.End), note, module.Cancelled);

    /// <summary>« lun 12/04 9h, mar 13/04 9h », for a text message.</summary>
    public string ShortSessions(Pen pen) => string.Join(", ", Held.Select(m => ShortSession(pen, m)));

    public static string ShortSession(Pen pen, ModuleLine m) => ShortTime(pen, m.Date, m.Start);

    public static string ShortTime(Pen pen, DateOnly date, TimeOnly time) =>
        $"{date.Day:00}/{date.Month:00} "
        + $"{time.Hour}{pen.In("h", ":")}{(time.Minute == 0 && pen.Language == Language.French ? "" : $"{time.Minute:00}")}";

    /// <summary>The modules as calendar entries of one person.</summary>
    /// <param name="who">Whom it is about: the children's first names, or the size of the group.</param>
    /// <param name="until">Until when the place must be answered, as far as it must be.</param>
    public IEnumerable<CalendarEntry> Entries(Pen pen, string who, IEnumerable<ModuleLine> modules, AnswerBy? until = null) =>
        modules.Select(m => Entry(pen.Language, pen.Links, who, m, until));

    /// <summary>An instant in the campaign's hours.</summary>
    public AnswerBy? Until(DateTimeOffset? instant)
    {
        if (instant is not { } at)
            return null;
        var (day, time) = TimeZones.Local(TimeZone, at);
        return new AnswerBy(at, day, time);
    }

    public CalendarEntry Entry(Language language, Links links, string who, ModuleLine module, AnswerBy? until = null)
    {
        var asks =
            until is null || module.Cancelled ? "" : language.In("Place à confirmer ", "To be confirmed ") + until.In(language) + ". ";
        var held = Held.ToList();
        var number = held.FindIndex(m => m.ModuleId == module.ModuleId) + 1;
        var place =
            module.Cancelled || number == 0
                ? ""
                : language.In($"Séance {number} sur {held.Count}. ", $"Session {number} of {held.Count}. ");
        return new CalendarEntry(
            module.ModuleId,
            module.Date,
            module.Start,
            module.End,
            TimeZone,
            module.Sequence,
            module.Cancelled,
            At,
            Summary: $"{Subject.In(language.Code)} – {who}",
            Description: asks
                + place
                + language.In(
                    $"Stage de réussite ({Campaign}), avec {language.Teacher(TeacherFirstName)}. "
                        + $"La classe virtuelle s’ouvre 15 minutes avant le début : {links.Module(module.ModuleId)}",
                    $"Stage de réussite ({Campaign}), with {language.Teacher(TeacherFirstName)}. "
                        + $"The virtual classroom opens 15 minutes before the start: {links.Module(module.ModuleId)}"
                ),
            Location: language.In("Classe virtuelle", "Virtual classroom"),
            Address: links.Module(module.ModuleId),
            Language: language.Code
        );
    }

    /// <summary>All its modules as they stand in the calendar of somebody who no longer takes part.</summary>
    public IEnumerable<ModuleLine> AllCancelled() => Modules.Select(m => m with { Cancelled = true });
}
