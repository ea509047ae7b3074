using System.Text.Json;
using Stages.Classrooms.Classes;

namespace Stages.Classrooms.Live;

/// <summary>What this copy was told of a class's chat and board lately, should the copy that holds it be killed.</summary>
public sealed class LastNews
{
    private const int Most = 500;

    private readonly Queue<ClassNews> news = new();

    /// <summary>Of the lines and strokes among them: whether they have been rubbed out since.</summary>
    private readonly Dictionary<Guid, bool> known = [];

    /// <summary>How often marks had been moved when they were last.</summary>
    private readonly Dictionary<Guid, int> moved = [];

    /// <summary>What the class had when the first of those who are here came.</summary>
    private (ChatSaid[] Lines, StrokeDrawn[] Strokes)? before;

    /// <summary>False for a line or a stroke that was told already: here when it was answered, and by the class itself.</summary>
    /// <param name="own">What somebody here was answered: it may come later than the word that it was rubbed out.</param>
    public bool Add(ClassNews told, bool own)
    {
        if (told is ForgottenTold forgotten)
        {
            lock (news)
                Forget(forgotten.ParticipantId);
            return true;
        }
        if (told is not (ChatTold or Shown { Kind: "stroke" or "moved" or "erased" or "cleared" }))
            return true;
        lock (news)
        {
            if (told is Shown { Kind: "moved" } move)
            {
                if (!IsLater(move, own))
                    return false;
            }
            else if (IdOf(told) is { } id)
            {
                if (known.TryGetValue(id, out var gone) && (own || !gone))
                    return false;
                known[id] = false;
                moved.Remove(id);
            }
            else
                RubOut((Shown)told);
            news.Enqueue(told);
            if (news.Count <= Most)
                return true;
            // So long ago that there is a row.
            before = null;
            Drop(news.Dequeue());
            return true;
        }
    }

    private bool IsLater(Shown move, bool own)
    {
        var place = PlaceOf(move);
        if ((own && known.GetValueOrDefault(place.Id)) || moved.GetValueOrDefault(place.Id) >= place.Moved)
            return false;
        moved[place.Id] = place.Moved;
        return true;
    }

    private void Drop(ClassNews old)
    {
        if (old is Shown { Kind: "moved" } move && PlaceOf(move) is var place && moved.GetValueOrDefault(place.Id) == place.Moved)
            moved.Remove(place.Id);
        if (IdOf(old) is { } id)
            known.Remove(id);
    }

    private static MarkPlace PlaceOf(Shown moved) => moved.Content.Deserialize<MarkPlace>(JsonSerializerOptions.Web)!;

    private void RubOut(Shown told)
    {
        Guid[] gone =
            told.Kind == "erased"
                ? [told.Content.GetProperty("id").GetGuid()]
                : [.. news.OfType<Shown>().Where(s => s.Kind == "stroke" && IsOn(s, told)).Select(s => IdOf(s)!.Value)];
        foreach (var one in gone)
            if (known.ContainsKey(one))
                known[one] = true;
    }

    private static bool IsOn(Shown stroke, Shown cleared) =>
        Sheets.Covers(cleared.Content.GetProperty("sheet").GetString()!, stroke.Content.GetProperty("sheet").GetString()!);

    /// <summary>Nobody of the class was here meanwhile, and some of it was not told: what was before would be given back wrongly.</summary>
    public void Begin()
    {
        lock (news)
        {
            news.Clear();
            known.Clear();
            moved.Clear();
            before = null;
        }
    }

    /// <summary>
    /// Told to who came first here: of the last second of it there may be no row yet, and whoever wrote it may have come here since.
    /// </summary>
    public void Before(ChatSaid[] lines, StrokeDrawn[] strokes)
    {
        lock (news)
            before ??= (lines, strokes);
    }

    public LastSeen Of(Desk? desk, long deskRevision)
    {
        ClassNews[] all;
        (ChatSaid[] Lines, StrokeDrawn[] Strokes) had;
        lock (news)
            (all, had) = ([.. news], before ?? ([], []));
        var (lines, strokes) = (had.Lines.ToList(), had.Strokes.ToList());
        var (erased, wiped) = (new List<Guid>(), new List<string>());
        var places = new Dictionary<Guid, MarkPlace>();
        foreach (var one in all)
        {
            if (one is ChatTold said)
                lines.Add(said.Line);
            else if (one is Shown { Kind: "stroke" } drawn)
                strokes.Add(drawn.Content.Deserialize<StrokeDrawn>(JsonSerializerOptions.Web)!);
            else if (one is Shown { Kind: "moved" } move)
                places[PlaceOf(move).Id] = PlaceOf(move);
            else if (one is Shown { Kind: "erased" } gone)
                erased.Add(gone.Content.GetProperty("id").GetGuid());
            else if (one is Shown { Kind: "cleared" } empty)
            {
                var which = empty.Content.GetProperty("sheet").GetString()!;
                wiped.Add(which);
                strokes.RemoveAll(s => Sheets.Covers(which, s.Sheet));
            }
        }
        return new LastSeen([.. lines], [.. strokes], [.. erased], [.. wiped], desk, deskRevision, [.. places.Values]);
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
            Shown { Kind: "stroke" or "moved" } drawn => drawn.Content.GetProperty("by").GetGuid() == participant,
            _ => false,
        };

    private void Forget(Guid participant)
    {
        if (before is { } had)
            before = ([.. had.Lines.Where(l => !ChatRules.IsOf(l, participant))], [.. had.Strokes.Where(s => s.By != participant)]);
        ClassNews[] others = [.. news.Where(n => !IsOf(participant, n))];
        news.Clear();
        foreach (var one in others)
            news.Enqueue(one);
    }
}
