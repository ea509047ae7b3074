namespace Stages.Classrooms.Live;

/// <summary>The last that a copy was told of a class, some seconds of the busiest.</summary>
/// <param name="Erased">Strokes.</param>
/// <param name="Cleared">Since then nothing is on the board but <paramref name="Strokes"/>.</param>
public sealed record LastSeen(ChatSaid[] Lines, StrokeDrawn[] Strokes, Guid[] Erased, bool Cleared, Desk? Desk, long DeskRevision);
