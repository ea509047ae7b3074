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

    public static string ShortSession(Pen pen, ModuleLine m) =>
        $"{m.Date.Day:00}/{m.Date.Month:00} "
        + $"{m.Start.Hour}{pen.In("h", ":")}{(m.Start.Minute == 0 && pen.Language == Language.French ? "" : $"{m.Start.Minute:00}")}";

    /// <summary>The modules as calendar entries of one person.</summary>
    /// <param name="who">Whom it is about: the children's first names, or the size of the group.</param>
    public IEnumerable<CalendarEntry> Entries(Pen pen, string who, IEnumerable<ModuleLine> modules) =>
        modules.Select(m => Entry(pen.Language, pen.Links, who, m));

    public CalendarEntry Entry(Language language, Links links, string who, ModuleLine module)
    {
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
            Description: place
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
