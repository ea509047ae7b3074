using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Stages.Classrooms.Live;

namespace Stages.Classrooms.Classes;

/// <summary>What became of what a class was asked.</summary>
/// <param name="Version">Of the class's log after it.</param>
[GenerateSerializer, Alias("class-answer"), Immutable]
public sealed record Answered(
    [property: Id(0)] Refusal? Refusal = null,
    [property: Id(1)] long Version = 0,
    [property: Id(2)] object? Value = null
)
{
    public bool Refused => Refusal is not null;
}

/// <summary>
/// One module's class while anybody has to do with it: in one copy of the service, whoever asks through whichever. All that happens in a
/// class happens here, one after the other. Keyed by the module's id. No child's name passes through it.
/// </summary>
[Alias("class")]
public interface IClassGrain : IGrainWithGuidKey
{
    /// <summary>Something that goes into a log, and is there when this is answered.</summary>
    /// <param name="ifMatch">Version that the asker saw; another one is refused.</param>
    [Alias("note")]
    Task<Answered> Note(Actor by, FactAsk ask, long? ifMatch);

    /// <summary>Something that is over with the class: said, shown or drawn. It waits for no database.</summary>
    [Alias("show"), AlwaysInterleave]
    Task<Answered> Show(Actor by, MomentAsk ask);

    /// <summary>Somebody is connected, through that copy: what the class looks like, or why they may not be there.</summary>
    [Alias("arrive")]
    Task<Arrived> Arrive(Guid participant, Guid connection, Guid copy);

    /// <summary>What is on a sheet, for who has come to see it.</summary>
    [Alias("read"), AlwaysInterleave]
    Task<SheetRead> Read(Actor by, string sheet);

    /// <summary>All that who has a place in it is to know, for a copy that may have missed some.</summary>
    [Alias("held"), AlwaysInterleave]
    Task<ClassState> Held();

    /// <summary>The log or the timetable was written by somebody else: read again, and told.</summary>
    [Alias("look")]
    Task Look();

    /// <summary>What this participant said is forgotten.</summary>
    [Alias("forget")]
    Task Forget(Guid participant);

    /// <summary>This copy stops; another one goes on with the class.</summary>
    [Alias("move")]
    Task Move(SiloAddress to);
}

/// <summary>Who has come sees this.</summary>
/// <param name="Holder">Who holds the class: whoever sees another one than before shows what they wrote last, should it be missing.</param>
[GenerateSerializer, Alias("class-arrived"), Immutable]
public sealed record Arrived(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] ClassState? State,
    [property: Id(2)] ChatSaid[] Chat,
    [property: Id(3)] StrokeDrawn[] Strokes,
    [property: Id(4)] long Holder = 0
)
{
    public bool Refused => Refusal is not null;
}

[GenerateSerializer, Alias("class-sheet"), Immutable]
public sealed record SheetRead([property: Id(0)] Refusal? Refusal, [property: Id(1)] StrokeDrawn[] Strokes);

/// <summary>
/// Who is there, and what the class works with. What browsers see of it depends on whose they are (<see cref="LiveClass"/>).
/// </summary>
/// <param name="Revision">Later ones are larger, also when another copy holds the class since.</param>
public sealed record ClassState(
    long Revision,
    long SessionRevision,
    long DeskRevision,
    ClassSession? Session,
    Desk? Desk,
    Dictionary<Guid, MediaFlags> Flags
);
