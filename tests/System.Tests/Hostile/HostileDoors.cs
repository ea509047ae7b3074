using System.Text.RegularExpressions;
using Stages.Testing;

namespace Stages.SystemTests.Hostile;

/// <summary>All services as they run outside a local run, behind a proxy of one name and in seal among themselves.</summary>
public sealed class OutsideStack : Stack
{
    public const string Address = "https://stages.example.org";

    protected override Uri Public => new(Address);

    protected override bool IsSealed => true;
}

/// <summary>The pages that there are, by their own words, and what somebody who means no good writes into their addresses.</summary>
public static partial class HostileDoors
{
    /// <summary>As the components say it: <c>/famille/inscriptions/{Id:guid}</c>.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        .. from file in Directory.EnumerateFiles(
            Path.Combine(Servers.Checkout, "services", "Portal", "Pages"),
            "*.razor",
            SearchOption.AllDirectories
        )
        from line in File.ReadLines(file)
        where line.StartsWith("@page \"", StringComparison.Ordinal)
        select line.Split('"')[1],
    ];

    /// <summary>What the Portal answers besides: exports, the language, sign-in at a provider.</summary>
    public static IReadOnlyList<string> Beside { get; } =
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Servers.Checkout, "services", "Portal"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal)
        from Match match in Mapped().Matches(File.ReadAllText(file))
        let address = match
            .Groups["address"]
            .Value.Replace("{{", "{", StringComparison.Ordinal)
            .Replace("}}", "}", StringComparison.Ordinal)
        where !address.StartsWith("/api", StringComparison.Ordinal) && address != "/openapi/v1.json"
        select Chosen().Replace(address, m => m.Groups["first"].Value).Replace("{name}", "inscriptions", StringComparison.Ordinal),
    ];

    private static readonly string Long = new('x', 1500);

    /// <summary>What stands where an id belongs.</summary>
    private static readonly string[] Ids =
    [
        "01a21414-aee1-70a3-a232-6cdabda698fc",
        "not-an-id",
        "%00",
        "%ff%fe",
        Long,
        "..%2f..%2f",
        "%E2%80%AE",
    ];

    /// <summary>What stands behind the address.</summary>
    private static readonly string[] Queries =
    [
        "?nom=%00&role=%00&t=%00",
        "?retour=/%09/evil.example&t=x",
        "?retour=/aide%C2%BF%27%22(%F0%9F%98%80&t=%C3%A9&nom=%C3%A9&liste=%C3%A9",
        "?page=abc&liste=x&personne=x&campagne=x&inscription=x",
        "?page=1&page=2",
        "?nom=%ff%fe",
        "?page=-2147483648&tri=x&ordre=x",
        "?date=0001-01-01",
        "?date=9999-12-31",
        "?apres=" + Long,
        "?t=" + Long,
    ];

    /// <param name="campaign">One that there is, so that what stands behind it in an address is reached.</param>
    public static IEnumerable<string> Addresses(string page, Guid campaign)
    {
        page = Chosen().Replace(page, m => m.Groups["first"].Value);
        var known = Campaigns().Replace(page, campaign.ToString());
        foreach (var id in Ids)
            yield return Fill(known, id);
        if (known != page)
            foreach (var id in Ids)
                yield return Fill(page, id);
        foreach (var query in Queries)
            yield return Fill(known, Ids[0]) + query;
    }

    public static string Fill(string pattern, string value) => Blank().Replace(pattern, value.Replace("$", "$$", StringComparison.Ordinal));

    [GeneratedRegex(@"\{campaign(Id)?:guid\}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Campaigns();

    /// <summary>One of a few words, such as <c>{format:regex(^(csv|xlsx)$)}</c>.</summary>
    [GeneratedRegex(@"\{\w+:regex\(\^\((?<first>\w+)[^{}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Chosen();

    [GeneratedRegex(@"MapGet\(\s*\$?""(?<address>/[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mapped();

    [GeneratedRegex(@"\{[^{}/]+(?:\{[^{}]*\}[^{}/]*)*\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blank();
}
