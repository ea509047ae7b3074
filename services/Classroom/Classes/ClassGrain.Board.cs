using Stages.Classrooms.Live;

namespace Stages.Classrooms.Classes;

/// <summary>
/// What is written on boards, slates and pages. In memory, and in the class's row a second later; never a row for a stroke.
/// </summary>
public sealed partial class ClassGrain
{
    /// <summary>Of all strokes together: some megabytes, in which nobody finds anything any more.</summary>
    private const int MostPoints = 600_000;

    public Task<SheetRead> Read(Actor by, string sheet)
    {
        if (session?.SeatOf(by.ParticipantId) is not { } seat || !session.IsInside(seat))
            return Task.FromResult(new SheetRead(new NotNow(), []));
        return Task.FromResult(
            BoardRules.Sees(desk, Actor.Of(seat), sheet)
                ? new SheetRead(null, [.. board.Values.Where(s => s.Sheet == sheet)])
                : new SheetRead(new NotPermitted(), [])
        );
    }

    private Answered On(Draw ask, Actor by)
    {
        if ((BoardRules.MayWrite(desk, by, ask.Sheet) ?? BoardRules.MayPut(by, ask.Mark.Kind)) is { } refusal)
            return new Answered(refusal);
        if (ask.Mark.Kind == BoardRules.Image && board.Values.Count(s => s.Picture is not null) >= BoardRules.MostPictures)
            return new Answered(new BoardFull());
        var stroke = ask.By(by.ParticipantId);
        if (points + stroke.Points.Length > MostPoints)
            return new Answered(new BoardFull());
        if (!board.TryAdd(stroke.Id, stroke))
            return new Answered();
        points += stroke.Points.Length;
        Tell(Shown.Of(stroke));
        Changed(boardToo: true);
        return new Answered(Value: stroke.Id);
    }

    private Answered On(MaySeePicture ask, Actor by) =>
        board.Values.Any(s => s.Picture == ask.Picture && BoardRules.Sees(desk, by, s.Sheet))
            ? new Answered()
            : new Answered(new NotPermitted());

    private Answered On(Erase ask, Actor by)
    {
        if (!board.TryGetValue(ask.Stroke, out var stroke))
            return new Answered();
        if (MayChange(stroke, by) is { } refusal)
            return new Answered(refusal);
        board.Remove(ask.Stroke);
        points -= stroke.Points.Length;
        Tell(Shown.Of("erased", new { Id = ask.Stroke, By = by.ParticipantId }) with { Sheet = stroke.Sheet });
        Changed(boardToo: true);
        return new Answered();
    }

    private Answered On(MoveMark ask, Actor by)
    {
        if (!board.TryGetValue(ask.To.Id, out var stroke))
            return new Answered();
        if (MayChange(stroke, by) is { } refusal)
            return new Answered(refusal);
        if (!ask.To.IsFor(stroke))
            return new Answered(new NotValid());
        var moved = ask.To.Of(stroke);
        // Somebody was faster, or it is asked twice because the answer was lost.
        if (moved == stroke)
            return new Answered();
        board[stroke.Id] = moved;
        Tell(Shown.Moved(moved, by.ParticipantId));
        Changed(boardToo: true);
        return new Answered(Value: moved);
    }

    private Refusal? MayChange(StrokeDrawn stroke, Actor by) =>
        BoardRules.MayChange(desk, by, stroke, session?.SeatOf(stroke.By) is not { } seat || seat.Role == ParticipantRole.Pupil);

    /// <summary>The teacher wipes a board; a pupil their own slate.</summary>
    private Answered On(Wipe ask, Actor by)
    {
        var own = Sheets.OwnerOf(ask.Sheet) == by.ParticipantId;
        if (!by.IsTeacher && !own)
            return new Answered(new TeacherOnly());
        if (BoardRules.MayWrite(desk, by, ask.Sheet) is { } refusal)
            return new Answered(refusal);
        Clear(ask.Sheet);
        return new Answered();
    }

    private Answered On(Ink ask, Actor by)
    {
        if (BoardRules.MayWrite(desk, by, ask.Sheet) is { } refusal)
            return new Answered(refusal);
        Tell(
            Shown.Of(
                "ink",
                new
                {
                    by.ParticipantId,
                    ask.Sheet,
                    ask.Stroke,
                    ask.From,
                    ask.Points,
                    ask.Colour,
                    ask.Width,
                }
            ) with
            {
                Sheet = ask.Sheet,
                Except = by.ParticipantId,
            }
        );
        return new Answered();
    }

    /// <summary>Another question, or other groups: nobody finds there what was somebody else's.</summary>
    private void WipeBefore(IEnumerable<object> events)
    {
        foreach (var e in events)
            if (e is SlatesAsked)
                Clear(Sheets.AllSlates);
            else if (e is PairsFormed)
            {
                Clear(Sheets.AllGroups);
                CloseGroupLines();
            }
    }

    /// <summary>What was said in a group that is no more stays with who said it and the teacher, whoever has its number next.</summary>
    private void CloseGroupLines()
    {
        for (var i = 0; i < chat.Count; i++)
            if (chat[i].Group is not null)
            {
                chat[i] = chat[i] with { Group = ChatSaid.OfGroupBefore };
                Changed(chatToo: true);
            }
    }

    private void Clear(string which)
    {
        Drop(s => Sheets.Covers(which, s.Sheet));
        Tell(Shown.Of("cleared", new { Sheet = which }));
        Changed(boardToo: true);
    }

    private void ForgetStrokes(Guid participant)
    {
        foreach (var stroke in Drop(s => s.By == participant))
            Tell(Shown.Of("erased", new { stroke.Id, By = participant }) with { Sheet = stroke.Sheet });
        Changed(boardToo: true);
    }

    private List<StrokeDrawn> Drop(Predicate<StrokeDrawn> which)
    {
        var gone = board.Values.Where(s => which(s)).ToList();
        foreach (var stroke in gone)
        {
            board.Remove(stroke.Id);
            points -= stroke.Points.Length;
        }
        return gone;
    }
}
