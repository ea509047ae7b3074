namespace Stages.Classrooms.Live;

/// <summary>The last that a copy was told of a class, some seconds of the busiest.</summary>
/// <param name="Erased">Strokes.</param>
/// <param name="Wiped">Sheets on which since then there is nothing but <paramref name="Strokes"/>.</param>
public sealed record LastSeen(ChatSaid[] Lines, StrokeDrawn[] Strokes, Guid[] Erased, string[]? Wiped, Desk? Desk, long DeskRevision);
