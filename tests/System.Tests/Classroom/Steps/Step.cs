using CsCheck;

namespace Stages.SystemTests.Classroom.Steps;

public enum Act
{
    Enter,
    Reload,
    Cut,
    Begin,
    End,
    Lock,
    Admit,
    Remove,
    Pardon,
    Mute,
    Show,
    Permit,
    Floor,
    Hand,
    Lower,
    Together,
    Visit,
    Draw,
    Erase,
    Clear,
    Say,
    Note,
}

/// <summary>One thing that somebody does. Whether it makes sense at that moment is for the class to say, and for the model.</summary>
/// <param name="Who">Who does it, 0 is the teacher; what only a teacher may do is at times asked by others.</param>
/// <param name="Whom">With whom.</param>
/// <param name="Number">Bits for what else there is to choose.</param>
/// <param name="Copy">Through which copy they come in.</param>
public sealed record Step(Act Act, int Who, int Whom, int Number, int Copy)
{
    public const int People = 6;

    private static readonly HashSet<Act> Teachers =
    [
        Act.Begin,
        Act.End,
        Act.Lock,
        Act.Admit,
        Act.Remove,
        Act.Pardon,
        Act.Mute,
        Act.Permit,
        Act.Floor,
        Act.Together,
        Act.Visit,
        Act.Clear,
    ];

    // A class in which people come, go and work; that it ends is rarer. Groups are drawn by lot, which no model foretells: not among them.
    private static readonly Gen<Act> Acts = Gen.Frequency(
        (8, Gen.Const(Act.Enter)),
        (8, Gen.Const(Act.Reload)),
        (5, Gen.Const(Act.Cut)),
        (4, Gen.Const(Act.Begin)),
        (1, Gen.Const(Act.End)),
        (2, Gen.Const(Act.Lock)),
        (4, Gen.Const(Act.Admit)),
        (3, Gen.Const(Act.Remove)),
        (4, Gen.Const(Act.Pardon)),
        (4, Gen.Const(Act.Mute)),
        (8, Gen.Const(Act.Show)),
        (5, Gen.Const(Act.Permit)),
        (4, Gen.Const(Act.Floor)),
        (6, Gen.Const(Act.Hand)),
        (2, Gen.Const(Act.Lower)),
        (2, Gen.Const(Act.Together)),
        (2, Gen.Const(Act.Visit)),
        (12, Gen.Const(Act.Draw)),
        (4, Gen.Const(Act.Erase)),
        (1, Gen.Const(Act.Clear)),
        (8, Gen.Const(Act.Say)),
        (8, Gen.Const(Act.Note))
    );

    public static readonly Gen<Step> Any = Gen.Select(
        Acts,
        Gen.Int[0, People - 1],
        Gen.Int[0, People - 1],
        Gen.Int[0, 1023],
        Gen.Int[0, 1],
        Gen.Int[0, 9],
        // One in ten of what only a teacher may do is tried by a pupil.
        (act, who, whom, number, copy, nine) => new Step(act, Teachers.Contains(act) && nine > 0 ? 0 : who, whom, number, copy)
    );

    /// <summary>Comes to the same in whichever order it is done beside others like it.</summary>
    public bool IsAnyOrder => Act is Act.Draw or Act.Say or Act.Note or Act.Hand or Act.Show;

    public override string ToString() => $"{Act} by {Who}" + (Whom != Who ? $" with {Whom}" : "") + $" ({Number}, copy {Copy})";
}
