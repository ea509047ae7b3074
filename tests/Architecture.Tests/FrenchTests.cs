using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>
/// Every text of a letter, a message or a page, as its source says it: plurals agree by <c>Count</c>, names elide by <c>French.De</c>,
/// hours are written one way, and one thing has one word.
/// </summary>
public sealed partial class FrenchTests
{
    private static readonly string[] Services =
    [
        "Notification",
        "Portal",
        "Enrolment",
        "Scheduling",
        "Classroom",
        "ServiceDefaults",
        "Scheduling.Pairing",
    ];

    private static readonly (string What, Regex Wrong)[] Kinds =
    [
        ("a plural in brackets: Count.Fr and Count.En", Bracketed()),
        ("a number before a plural that stays one: Count.Fr", Uncounted()),
        ("« de » before a name: French.De", Unelided()),
        ("hours with a colon in French: 16 h 15", Colon()),
        ("« professeur »: enseignant", Professor()),
        ("« module »: séance", Module()),
        ("a straight apostrophe in French: ’", Straight()),
    ];

    /// <summary>The headings that schools write over their lists are read, not written.</summary>
    private static readonly string[] Elsewhere = ["Columns.cs"];

    [Fact]
    public void texts_are_written_as_people_write()
    {
        var wrong =
            from service in Services
            from file in Directory.EnumerateFiles(Path.Combine(Servers.Checkout, "services", service), "*", SearchOption.AllDirectories)
            where Path.GetExtension(file) is ".cs" or ".razor" && !Skipped(file)
            from text in Texts(File.ReadAllText(file))
            where !text.Contains("=>", StringComparison.Ordinal)
            from kind in Kinds
            where kind.Wrong.IsMatch(text)
            select $"{Path.GetRelativePath(Servers.Checkout, file)}: {kind.What}\n    {text}";
        wrong.Distinct(StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{n} stage(s) validé(s).")]
    [InlineData("{count} élèves l’attendent")]
    [InlineData("{number} vœux placés")]
    [InlineData("Bilan de {pupil.FirstName}")]
    [InlineData("la place de {Names(pen)} en")]
    [InlineData("avant demain, 16:15 à l’heure")]
    [InlineData("Le professeur a déjà une séance")]
    [InlineData("l'élève a déjà répondu")]
    [InlineData("Ce module n’a pas lieu.")]
    [InlineData("Une semaine n’a pas assez de jours pour tant de modules.")]
    public void what_is_wrong_is_found(string text) => Kinds.ShouldContain(k => k.Wrong.IsMatch(text));

    [Theory]
    [InlineData("{Count.Fr(n, \"stage\")} par semaine")]
    [InlineData("La place {French.De(name)} est prise")]
    [InlineData("pendant {Minutes} minutes")]
    [InlineData("au plus {MostRows} lignes")]
    [InlineData("select modules from stages where a = 1")]
    [InlineData("The modules of a stage")]
    [InlineData("L’enseignant a une séance à 16 h 15")]
    public void what_is_right_is_left(string text) => Kinds.ShouldNotContain(k => k.Wrong.IsMatch(text));

    private static bool Skipped(string file) =>
        file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        || file.Contains("node_modules", StringComparison.Ordinal)
        || Elsewhere.Contains(Path.GetFileName(file), StringComparer.Ordinal);

    /// <summary>What stands between quotes on a line that is no comment.</summary>
    private static IEnumerable<string> Texts(string source) =>
        source
            .Split('\n')
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line).Select(m => m.Groups["text"].Value));

    [GeneratedRegex("\"(?<text>(?:[^\"\\\\{]|\\\\.|\\{(?:[^{}\"]|\"[^\"]*\")*\\})*)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(?:[^{}]|\{[^{}]*\})*\p{L}\((s|e|es|x|nt)\)(?![^{}]*\})", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Bracketed();

    [GeneratedRegex(
        @"\{(?![^{}]*(Most|Max|Count\.))[^{}]+\} "
            + @"(élèves|stages|vœux|enseignants|séances|créneaux|familles|places|groupes|inscriptions|lignes)\b",
        RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex Uncounted();

    [GeneratedRegex(@"\b[dD]e \{[^{}]*(\bName|Names|FirstName|Pupil)\b[^{}]*\}", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Unelided();

    [GeneratedRegex(@"(?=.*[éèêàùçœ’])(?<![\d:-])\b\d{1,2}:\d{2}\b(?![\d:])", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Colon();

    [GeneratedRegex(@"\b[pP]rofesseurs? ", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Professor();

    [GeneratedRegex(
        @"^(?=.*[éèêàùçœ’]|.*\b([lL]es?|une?|du|tous|[cC]e)\b).*\b[mM]odules?\b(?![^{}]*\})",
        RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex Module();

    [GeneratedRegex(@"\b([dlnsjtcmDLNSJTCM]|qu|Qu)'[aeiouyhéèêàâîôûœAEIOUYHÉÈ]\p{L}+ .*[éèêàùçœ].* ", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Straight();
}
