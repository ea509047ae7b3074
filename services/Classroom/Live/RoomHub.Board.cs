using Stages.Classrooms.Classes;
using Stages.Classrooms.Documents;

namespace Stages.Classrooms.Live;

/// <summary>Boards, slates, and what is written on documents.</summary>
public sealed partial class RoomHub
{
    /// <summary>In one go of a line while it is drawn.</summary>
    private const int MostInk = 600;

    public async Task<Reply> Draw(string sheet, Mark mark)
    {
        if (!BoardRules.IsSound(mark))
            return Reply.No(new NotValid());
        // Sent before, as a page of a document is, and looked at there.
        if (mark.Picture is { } picture && await PageTable.Count(database, ModuleId, picture, Context.ConnectionAborted) != 1)
            return Reply.No(new NotValid());
        var draw = new Draw(sheet, mark);
        var answer = await ask.Show(ModuleId, Me.Actor, draw);
        if (answer.Value is not null)
            Class.Take(Shown.Of(draw.By(Me.ParticipantId)), own: true);
        return Reply.Of(answer);
    }

    public Task<Reply> Erase(Guid id) => Show(new Erase(id));

    public async Task<Reply> MoveMark(Guid mark, int[] points, int width, int moved)
    {
        var answer = await ask.Show(ModuleId, Me.Actor, new MoveMark(new MarkPlace(mark, points ?? [], width, moved)));
        if (answer.Value is StrokeDrawn now)
            Class.Take(Shown.Moved(now, Me.ParticipantId), own: true);
        return Reply.Of(answer);
    }

    public Task<Reply> Wipe(string sheet) => Show(new Wipe(sheet));

    public async Task<Reply> Ink(string sheet, Guid? stroke, int from, int[] points, string colour, int width) =>
        points.Length is >= 3 and <= MostInk
        && points.Length % 3 == 0
        && from >= 0
        && width is >= 1 and <= 100
        && BoardRules.IsColour(colour)
            ? await Show(new Ink(sheet, stroke, from, points, colour, width))
            : Reply.No(new NotValid());

    /// <summary>A sheet that has come into sight: a slate shown to the class, the board of one's new group.</summary>
    public async Task<Reply> ReadSheet(string sheet)
    {
        var read = await ask.Read(ModuleId, Me.Actor, sheet, Context.ConnectionAborted);
        return read.Refusal is { } refusal ? Reply.No(refusal) : new Reply(true, Value: read.Strokes);
    }

    public Task<Reply> AskSlates(int number, string question) => Show(new AskSlates(number, question));

    public Task<Reply> ShowSlate(bool shown) => Show(new ShowSlate(shown));

    public Task<Reply> PutSlateOnStage(Guid? whose) => Show(new PutSlateOnStage(whose));

    public Task<Reply> AddBoardPage(int pages, string ruling) => Show(new AddBoardPage(pages, ruling));

    public Task<Reply> TurnBoard(int page) => Show(new TurnBoard(page));

    public Task<Reply> RuleBoard(int page, string ruling) => Show(new RuleBoard(page, ruling));
}
