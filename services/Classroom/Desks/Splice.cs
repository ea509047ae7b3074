namespace Stages.Classrooms.Desks;

/// <summary>One edit of the shared notes: at <paramref name="At"/>, remove so many characters and insert this text.</summary>
public sealed record Splice(int At, int Remove, string Insert)
{
    public string In(string text)
    {
        var at = Math.Clamp(At, 0, text.Length);
        var remove = Math.Clamp(Remove, 0, text.Length - at);
        return string.Concat(text.AsSpan(0, at), Insert, text.AsSpan(at + remove));
    }

    /// <summary>
    /// This edit as it must read after another one that overtook it: what that one inserted is kept, what it removed is not removed
    /// twice. The server's order is the order for all; browsers put their own waiting edits through the same rule.
    /// </summary>
    public Splice After(Splice earlier)
    {
        var end = At + Remove;
        var earlierEnd = earlier.At + earlier.Remove;
        var shift = earlier.Insert.Length - earlier.Remove;
        if (end <= earlier.At && !(Remove == 0 && At == earlier.At))
            return this;
        if (At >= earlierEnd)
            return this with { At = At + shift };

        // They overlap: cut what the earlier one has already removed out of our own removal.
        var common = Math.Min(end, earlierEnd) - Math.Max(At, earlier.At);
        // Ours goes around the text that the earlier one put in the middle: it stays, at the end of what we insert.
        if (At < earlier.At && end > earlierEnd)
            return new Splice(At, Remove - common + earlier.Insert.Length, Insert + earlier.Insert);
        return At < earlier.At
            ? new Splice(At, Remove - common, Insert)
            : new Splice(earlier.At + earlier.Insert.Length, Remove - common, Insert);
    }
}
