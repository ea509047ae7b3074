using System.Text.Json;
using Stages.Classrooms.Classes;

namespace Stages.Classrooms.Live;

/// <summary>What this copy was told of a class's chat and board lately, should the copy that holds it be killed.</summary>
public sealed class LastNews
{
    private const int Most = 500;

    private readonly Queue<ClassNews> news = new();

    public void Add(ClassNews told)
    {
        if (told is ForgottenTold forgotten)
        {
            lock (news)
                Forget(forgotten.ParticipantId);
            return;
        }
        if (told is not (ChatTold or Shown { Kind: "stroke" or "erased" or "cleared" }))
            return;
        lock (news)
        {
            news.Enqueue(told);
            if (news.Count > Most)
                news.Dequeue();
        }
    }

    /// <summary>Whether a line or a stroke was told already.</summary>
    public bool Has(Guid id)
    {
        lock (news)
            return news.Any(n => IdOf(n) == id);
    }

    /// <summary>Nobody of the class was here meanwhile, and some of it was not told: what was before would be given back wrongly.</summary>
    public void Begin()
    {
        lock (news)
            news.Clear();
    }

    public LastSeen Of(Desk? desk, long deskRevision)
    {
        ClassNews[] all;
        lock (news)
            all = [.. news];
        var (lines, strokes, erased, wiped) = (new List<ChatSaid>(), new List<StrokeDrawn>(), new List<Guid>(), new List<string>());
        foreach (var one in all)
        {
            if (one is ChatTold said)
                lines.Add(said.Line);
            else if (one is Shown { Kind: "stroke" } drawn)
                strokes.Add(drawn.Content.Deserialize<StrokeDrawn>(JsonSerializerOptions.Web)!);
            else if (one is Shown { Kind: "erased" } gone)
                erased.Add(gone.Content.GetProperty("id").GetGuid());
            else if (one is Shown { Kind: "cleared" } empty)
            {
                var which = empty.Content.GetProperty("sheet").GetString()!;
                wiped.Add(which);
                strokes.RemoveAll(s => Sheets.Covers(which, s.Sheet));
            }
        }
        return new LastSeen([.. lines], [.. strokes], [.. erased], [.. wiped], desk, deskRevision);
    }

    private static Guid? IdOf(ClassNews told) =>
        told switch
        {
            ChatTold said => said.Line.Id,
            Shown { Kind: "stroke" } drawn => drawn.Content.GetProperty("id").GetGuid(),
            _ => null,
        };

    private static bool IsOf(Guid participant, ClassNews told) =>
        told switch
        {
            ChatTold said => ChatRules.IsOf(said.Line, participant),
            Shown { Kind: "stroke" } drawn => drawn.Content.GetProperty("by").GetGuid() == participant,
            _ => false,
        };

    private void Forget(Guid participant)
    {
        ClassNews[] others = [.. news.Where(n => !IsOf(participant, n))];
        news.Clear();
        foreach (var one in others)
            news.Enqueue(one);
    }
}
