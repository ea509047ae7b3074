namespace Stages.Vocabulary;

/// <summary>What a hurried hand does to a word: a letter that is wrong, missing or too many, or two that changed places.</summary>
public static class Slips
{
    /// <summary>How many a word of this length may have and still be meant: a short one none, or it would be any other.</summary>
    public static int Allowed(string word) =>
        word.Length switch
        {
            < 4 => 0,
            < 8 => 1,
            _ => 2,
        };

    /// <summary>Whether so many at most lie between the two (optimal string alignment).</summary>
    public static bool Join(string one, string other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most)
            return false;
        var (before, last, now) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++)
            last[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var wrong = one[i - 1] == other[j - 1] ? 0 : 1;
                now[j] = Math.Min(Math.Min(last[j] + 1, now[j - 1] + 1), last[j - 1] + wrong);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
            }
            (before, last, now) = (last, now, before);
        }
        return last[other.Length] <= most;
    }
}
