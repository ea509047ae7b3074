using PhoneNumbers;

namespace Stages.Vocabulary;

/// <summary>
/// Where a number of France lies. Overseas people write their numbers like those of the mainland (0692 12 34 56), but their country
/// code is another: without it a text goes nowhere. The table is ours, because the library reads such a number as a wrong one of
/// the mainland, and knows of each prefix only the blocks that were given out when it was made.
/// </summary>
internal static class Territories
{
    /// <summary>Kept by the regulator for films and books, and used by our tests: it comes before Mayotte's prefix.</summary>
    private const string Fiction = "63998";

    private const int NationalDigits = 9;

    private static readonly (string Code, string[] Mobile, string[] Fixed)[] Overseas =
    [
        ("+262", ["692", "693", "639"], ["262", "269"]),
        ("+590", ["690", "691"], ["590"]),
        ("+594", ["694"], ["594"]),
        ("+596", ["696", "697"], ["596"]),
    ];

    private static readonly string[] Regions = ["RE", "YT", "GP", "GF", "MQ"];

    /// <summary>
    /// The mainland, the overseas départements, then Saint-Pierre-et-Miquelon, Wallis-et-Futuna, New Caledonia, Polynesia.
    /// </summary>
    public static readonly string[] Codes = ["+33", "+262", "+590", "+594", "+596", "+508", "+681", "+687", "+689"];

    /// <summary>The number with the code of its territory, when it was given with that of the mainland.</summary>
    public static string Of(string number)
    {
        if (!number.StartsWith("+33", StringComparison.Ordinal))
            return number;
        // « +33 (0)692 … »
        var national = number[3..].TrimStart('0');
        if (national.Length != NationalDigits || national.StartsWith(Fiction, StringComparison.Ordinal))
            return number;
        var (code, _, _) = Array.Find(Overseas, t => t.Mobile.Concat(t.Fixed).Any(p => national.StartsWith(p, StringComparison.Ordinal)));
        return code is null ? number : code + national;
    }

    public static bool IsOverseas(string number) => Overseas.Any(t => number.StartsWith(t.Code, StringComparison.Ordinal));

    /// <summary>Whether it is a mobile; null for a number of which this table says nothing.</summary>
    public static bool? IsMobile(string number)
    {
        if (number.StartsWith("+33" + Fiction, StringComparison.Ordinal))
            return number.Length == 3 + NationalDigits ? true : null;
        foreach (var (code, mobile, @fixed) in Overseas)
        {
            if (number.Length != code.Length + NationalDigits || !number.StartsWith(code, StringComparison.Ordinal))
                continue;
            var national = number[code.Length..];
            if (mobile.Any(p => national.StartsWith(p, StringComparison.Ordinal)))
                return true;
            if (@fixed.Any(p => national.StartsWith(p, StringComparison.Ordinal)))
                return false;
        }
        return null;
    }

    /// <summary>
    /// The number where it is valid: as it stands, or, for one of the mainland that is not, in the one territory overseas that has it
    /// (0709 belongs to several, by blocks).
    /// </summary>
    public static PhoneNumbers.PhoneNumber? WhereValid(PhoneNumberUtil numbers, PhoneNumbers.PhoneNumber number)
    {
        if (numbers.IsValidNumber(number))
            return number;
        var national = numbers.GetNationalSignificantNumber(number);
        if (number.CountryCode != 33 || national.Length != NationalDigits || national[0] == '0')
            return null;
        PhoneNumbers.PhoneNumber[] there = [.. Regions.Select(r => numbers.Parse("0" + national, r)).Where(numbers.IsValidNumber)];
        return there.DistinctBy(n => n.CountryCode).Count() == 1 ? there[0] : null;
    }
}
