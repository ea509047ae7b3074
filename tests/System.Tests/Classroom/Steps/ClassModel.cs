namespace Stages.SystemTests.Classroom.Steps;

public sealed record Allowed(bool Chat = true, bool Microphone = true, bool Camera = true, bool Board = true, bool Notes = true)
{
    public static Allowed Of(int bits) => new((bits & 1) == 0, (bits & 2) == 0, (bits & 4) == 0, (bits & 8) == 0, (bits & 16) == 0);
}

public sealed record Line(string Text, int From, bool ToTeacher, int? Group);

/// <summary>Somebody as the class should know them.</summary>
public sealed class Modelled(int number)
{
    public int Number => number;

    public bool IsTeacher => number == 0;

    /// <summary>Has a seat, or had one.</summary>
    public bool Known { get; set; }

    /// <summary>The browser's seat is good for a reload.</summary>
    public bool Seated { get; set; }

    public bool Admitted { get; set; }

    public bool Removed { get; set; }

    public bool There { get; set; }

    public (bool Microphone, bool Camera, bool Sharing) Flags { get; set; }

    /// <summary>By the teacher, since they are here.</summary>
    public bool SoundMuted { get; set; }

    public bool PictureMuted { get; set; }

    /// <summary>The chat as it stands on their page.</summary>
    public List<Line> Read { get; set; } = [];

    public bool IsIn => There && Admitted;
}

/// <summary>What a class is to be after each step: small, in one place, and written without a look at the service.</summary>
public sealed class ClassModel
{
    public Modelled[] People { get; } = [.. Enumerable.Range(0, Step.People).Select(i => new Modelled(i))];

    public bool Begun { get; private set; }

    public bool Locked { get; private set; }

    public Allowed Allowed { get; private set; } = new();

    public int? Floor { get; private set; }

    public HashSet<int> Hands { get; } = [];

    public List<int[]> Groups { get; private set; } = [];

    public int? Visiting { get; private set; }

    /// <summary>Strokes, and who drew each.</summary>
    public Dictionary<Guid, int> Board { get; } = [];

    public List<Line> Chat { get; } = [];

    public HashSet<string> Notes { get; } = new(StringComparer.Ordinal);

    private bool hasDesk;

    /// <summary>Who comes by a new link; false when the door is closed to them.</summary>
    public bool Enter(Modelled who)
    {
        if (who.Removed)
            return false;
        (who.Known, who.Seated) = (true, true);
        who.Admitted |= who.IsTeacher;
        Arrive(who);
        return true;
    }

    public bool Reload(Modelled who)
    {
        if (!who.Seated)
            return false;
        Arrive(who);
        return true;
    }

    public void Cut(Modelled who) => who.There = false;

    /// <summary>Answers the code of the refusal, or null.</summary>
    public string? Do(Step step, Modelled by, Modelled whom, Guid stroke)
    {
        var (n, teacherOnly) = (step.Number, by.IsTeacher ? null : "teacher-only");
        switch (step.Act)
        {
            // At the door: also who waits there is told that it is the teacher's business.
            case Act.Begin:
                if (teacherOnly is null && !Begun)
                {
                    Begun = true;
                    foreach (var one in People.Where(p => p is { Known: true, Removed: false }))
                        LetIn(one);
                    LockWhenComplete();
                }
                return teacherOnly;
            case Act.End:
                if (teacherOnly is null)
                {
                    (Begun, Locked) = (false, false);
                    foreach (var one in People)
                        (one.There, one.Admitted) = (false, one.Admitted && one.IsTeacher);
                }
                return teacherOnly;
            case Act.Lock:
                if (teacherOnly is null)
                    Locked = (n & 1) == 0;
                return teacherOnly;
            case Act.Admit:
                if (teacherOnly is null && whom is { Known: true, Removed: false })
                    LetIn(whom);
                return teacherOnly ?? (whom is { Known: true, Removed: false } ? null : "not-valid");
            case Act.Remove:
                if (teacherOnly is null && whom is { Known: true, IsTeacher: false })
                    (whom.Removed, whom.Admitted, whom.There, whom.Seated) = (true, false, false, false);
                return teacherOnly ?? (whom is { Known: true, IsTeacher: false } ? null : "not-valid");
            case Act.Pardon:
                if (teacherOnly is null)
                    whom.Removed = false;
                return teacherOnly;
        }
        if (!by.IsIn)
            return "not-now";
        switch (step.Act)
        {
            case Act.Mute:
                if (teacherOnly is not null)
                    return teacherOnly;
                if (whom.IsTeacher || !whom.There)
                    return "not-valid";
                var sound = (n & 1) == 0;
                (whom.SoundMuted, whom.PictureMuted) = (whom.SoundMuted || sound, whom.PictureMuted || !sound);
                whom.Flags = sound ? whom.Flags with { Microphone = false } : (whom.Flags.Microphone, false, false);
                return null;
            case Act.Show:
                var flags = ((n & 1) == 0, (n & 2) == 0, (n & 4) == 0);
                if (!by.IsTeacher && ((flags.Item1 && !MaySpeak(by)) || ((flags.Item2 || flags.Item3) && !Allowed.Camera)))
                    return "not-permitted";
                by.Flags = flags;
                by.SoundMuted &= !flags.Item1;
                by.PictureMuted &= !(flags.Item2 || flags.Item3);
                return null;
            case Act.Permit:
                if (teacherOnly is null)
                    (Allowed, hasDesk) = (Allowed.Of(n), hasDesk || Allowed.Of(n) != Allowed);
                return teacherOnly;
            case Act.Floor:
                int? floor = (n & 3) == 0 ? null : whom.Number;
                if (teacherOnly is null && floor != Floor)
                {
                    (Floor, hasDesk) = (floor, true);
                    if (floor is { } up)
                        Hands.Remove(up);
                }
                return teacherOnly;
            case Act.Hand:
                hasDesk |= (n & 1) == 0;
                if ((n & 1) == 0)
                    Hands.Add(by.Number);
                else
                    Hands.Remove(by.Number);
                return null;
            case Act.Lower:
                if (teacherOnly is not null && by != whom)
                    return teacherOnly;
                Hands.Remove(whom.Number);
                return null;
            case Act.Together:
                if (teacherOnly is null)
                    (Groups, Visiting) = ([], Groups.Count > 0 ? null : Visiting);
                return teacherOnly;
            case Act.Visit:
                if (teacherOnly is not null)
                    return teacherOnly;
                int? group = (n & 3) == 0 ? null : (n >> 2) % 3;
                if (!hasDesk || group >= Groups.Count)
                    return "not-valid";
                Visiting = group;
                return null;
            case Act.Erase when !Board.ContainsKey(stroke):
                return null;
            case Act.Draw or Act.Erase:
                if (!by.IsTeacher && !Allowed.Board)
                    return "not-permitted";
                if (step.Act == Act.Draw)
                    Board.Add(stroke, by.Number);
                else if (by.IsTeacher || Board[stroke] == by.Number)
                    Board.Remove(stroke);
                else
                    return "not-permitted";
                return null;
            case Act.Clear:
                if (teacherOnly is null)
                    Board.Clear();
                return teacherOnly;
            case Act.Say:
                var toTeacher = (n & 1) == 0;
                if (!by.IsTeacher && !toTeacher && !Allowed.Chat)
                    return "not-permitted";
                var line = new Line($"line {stroke:N}", by.Number, toTeacher, GroupOf(by));
                Chat.Add(line);
                foreach (var reader in People.Where(p => p.IsIn && Reads(p, line)))
                    reader.Read.Add(line);
                return null;
            case Act.Note:
                if (!by.IsTeacher && !Allowed.Notes)
                    return "not-permitted";
                Notes.Add(Convert.ToBase64String(stroke.ToByteArray()));
                return null;
            default:
                throw new NotSupportedException(step.Act.ToString());
        }
    }

    public bool MaySpeak(Modelled who) => who.IsTeacher || Allowed.Microphone || Floor == who.Number;

    public int? GroupOf(Modelled who) => Groups.FindIndex(g => g.Contains(who.Number)) is var at and >= 0 ? at : null;

    /// <summary>Whether one is given what the other sends.</summary>
    public bool Hears(Modelled listener, Modelled speaker) =>
        listener.IsIn
        && speaker.IsIn
        && listener != speaker
        && (
            Groups.Count == 0
            || (
                listener.IsTeacher ? Visiting is null || GroupOf(speaker) is null || GroupOf(speaker) == Visiting
                : speaker.IsTeacher ? Visiting is null || GroupOf(listener) == Visiting
                : GroupOf(listener) == GroupOf(speaker)
            )
        );

    private bool Reads(Modelled reader, Line line) =>
        reader.Number == line.From || reader.IsTeacher || (!line.ToTeacher && (line.Group is null || GroupOf(reader) == line.Group));

    private void Arrive(Modelled who)
    {
        who.There = true;
        (who.SoundMuted, who.PictureMuted) = (false, false);
        who.Admitted |= Begun && !Locked;
        who.Read = who.Admitted ? [.. Chat.Where(l => Reads(who, l))] : [];
        LockWhenComplete();
    }

    private void LetIn(Modelled who)
    {
        if (who.There && !who.Admitted)
            who.Read = [.. Chat.Where(l => Reads(who, l))];
        who.Admitted = true;
    }

    /// <summary>A class in which all of its group are needs no open door.</summary>
    private void LockWhenComplete() => Locked |= Begun && Array.TrueForAll(People[1..], p => p.IsIn);
}
