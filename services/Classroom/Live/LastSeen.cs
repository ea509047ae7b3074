namespace Stages.Classrooms.Live;

/// <summary>The last that a copy was told of a class, some seconds of the busiest.</summary>
/// <param name="Erased">Strokes.</param>
/// <param name="Wiped">Sheets on which since then there is nothing but <paramref name="Strokes"/>.</param>
/// <param name="Moved">Where marks, these or earlier ones, were moved to.</param>
public sealed record LastSeen(
    ChatSaid[] Lines,
    StrokeDrawn[] Strokes,
    Guid[] Erased,
    string[]? Wiped,
    Desk? Desk,
    long DeskRevision,
    MarkPlace[]? Moved = null
)
{
    /// <summary>A board of some seconds ago becomes what was seen of it.</summary>
    public void PutOn(Dictionary<Guid, StrokeDrawn> board)
    {
        HashSet<Guid> shown = [.. Strokes.Select(s => s.Id)];
        var wiped = board.Values.Where(s => !shown.Contains(s.Id) && (Wiped ?? []).Any(w => Sheets.Covers(w, s.Sheet)));
        foreach (var gone in Erased.Concat(wiped.Select(s => s.Id).ToList()))
            board.Remove(gone);
        var moved = Strokes.Where(s => s.Moved > 0).Select(s => new MarkPlace(s.Id, s.Points, s.Width, s.Moved));
        foreach (var stroke in Strokes.Where(s => !Erased.Contains(s.Id)))
            board.TryAdd(stroke.Id, stroke);
        foreach (var place in moved.Concat(Moved ?? []))
            if (board.TryGetValue(place.Id, out var stroke))
                board[place.Id] = place.Of(stroke);
    }
}
