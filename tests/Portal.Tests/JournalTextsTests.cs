using System.Globalization;
using System.Text.RegularExpressions;
using Stages.Portal.Audit;
using Stages.Vocabulary;

namespace Stages.Portal.Tests;

/// <summary>What the Portal writes into its log is read by people: whatever it says of a deed has French words.</summary>
public sealed partial class JournalTextsTests
{
    [Fact]
    public void every_deed_that_is_noted_has_words_in_french()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr");
        var deeds = Directory
            .EnumerateFiles(Path.Combine(Servers.Checkout, "services/Portal"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Noted().Matches(File.ReadAllText(f)).Select(m => m.Groups["deed"].Value))
            .Distinct()
            .ToList();
        deeds.Count.ShouldBeGreaterThan(6);
        foreach (var deed in deeds)
            JournalTexts.What($"POST /compte: {deed}").ShouldNotEndWith(deed);
        JournalTexts
            .What("POST /administration/personnes: appointed coordinator 034")
            .ShouldEndWith("rôle donné, coordination, Hérault (034)");
        JournalTexts.What("POST /administration/personnes: appointed admin").ShouldEndWith("rôle donné, administration");
        JournalTexts.What("POST /administration/personnes: dismissed").Plain().ShouldBe("POST /administration/personnes : rôle retiré");
        JournalTexts.What("GET /coordination").ShouldBe("GET /coordination");
        JournalTexts.What("POST /x: code-refused").Plain().ShouldBe("POST /x : code-refused");
    }

    [GeneratedRegex("notes\\.Done\\(AuditKinds\\.\\w+, (filter\\.Kind \\?\\? )?\"(?<deed>[a-z ]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Noted();
}
