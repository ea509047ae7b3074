namespace Stages.Vocabulary;

/// <summary>
/// A given name among others: alone where it is the only one, and with as much of the family name as tells two of them apart, « Léa M. »
/// and « Léa D. », « Léa Ma. » and « Léa Mo. ».
/// </summary>
public static class Namesakes
{
    /// <param name="others">Everybody else who may be meant; who has the whole name as well cannot be told apart by it.</param>
    public static string Of(string given, string family, IEnumerable<(string Given, string Family)> others)
    {
        var same = others
            .Where(o => TextKey.Of(o.Given) == TextKey.Of(given) && TextKey.Of(o.Family) != TextKey.Of(family))
            .Select(o => o.Family)
            .ToList();
        var name = new StringInfo(family.Trim());
        if (same.Count == 0 || name.LengthInTextElements == 0)
            return given;
        for (var length = 1; length < name.LengthInTextElements; length++)
        {
            var part = name.SubstringByTextElements(0, length);
            if (!same.Exists(o => TextKey.Of(o).StartsWith(TextKey.Of(part), StringComparison.Ordinal)))
                return $"{given} {part}.";
        }
        return $"{given} {family.Trim()}";
    }
}
