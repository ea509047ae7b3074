using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>What is written down for people is what the code does: rules between values, and limits.</summary>
public sealed partial class WrittenDownTests
{
    [Fact]
    public void every_limit_is_written_down_with_its_value()
    {
        var written = Table("limits.md")
            .Where(row => row.Length == 4 && row[1].StartsWith('`'))
            .Where(row => row[1] != "constant" && !row[1].StartsWith("`Caps:", StringComparison.Ordinal))
            .ToArray();
        written.ShouldAllBe(row => row[3].Length > 5);
        var code =
            from file in Sources("")
            where !file.Path.Contains("Scheduling.Pairing", StringComparison.Ordinal)
            from Match limit in Limit().Matches(file.Text)
            let name = $"`{Path.GetFileNameWithoutExtension(file.Path)}.{limit.Groups["name"].Value}`"
            select $"{file.Path.Split('/')[0]} {name} `{limit.Groups["value"].Value.Trim()}`";
        written.Select(row => $"{row[0]} {row[1]} {row[2]}").ShouldBe(code, ignoreOrder: true);
    }

    [Fact]
    public void every_rule_between_values_is_written_down()
    {
        var written = Table("rules.md").Where(row => row.Length == 3 && row[1].StartsWith('`')).ToArray();
        written.ShouldAllBe(row => row[2].Length > 5);
        string[] folders = ["Enrolment", "Scheduling/Offers", "Scheduling/Campaigns", "Scheduling/Teachers"];
        var code =
            from folder in folders
            from file in Sources(folder)
            from Match rule in Rule().Matches(file.Text)
            select $"{folder.Split('/')[0]} `{rule.Groups["code"].Value}`";
        written.Select(row => $"{row[0]} {row[1]}").ShouldBe(code.Distinct(), ignoreOrder: true);
    }

    /// <summary>By the names that a person's things have in the API; what is sent to us is no answer.</summary>
    [Fact]
    public void every_field_of_a_person_has_its_readers_written_down()
    {
        string[] personal =
        [
            .. "FirstName LastName BirthYear Marks Guardians Guardian Pupil Email Phone Recipient Teacher TeacherName".Split(' '),
            .. "TeacherFirstName SchoolNote Note Report Reports Objections PossibleDoubles IdentifiedBySchool IdentitySeen".Split(' '),
            .. "RequestedBy By ByRole ByEnrolment About AboutEnrolment Presences MinutesPresent".Split(' '),
        ];
        string[] sent =
        [
            .. "SchoolNote PupilReport PupilMinutes OfferForm TeacherForm AcceptTeacher RefuseTeacher".Split(' '),
            .. "SendAccountLetter SendSignInMail".Split(' '),
        ];
        var answers = typeof(Stages.Api.Enrolment.EnrolmentView)
            .Assembly.GetTypes()
            .Where(t => t is { IsPublic: true, IsClass: true } && !t.Name.EndsWith("Request", StringComparison.Ordinal))
            .Where(t => !sent.Contains(t.Name))
            .ToDictionary(t => t.Name, t => t.GetProperties().Select(p => p.Name).ToArray(), StringComparer.Ordinal);
        var written = Table("fields.md")
            .Where(row => row.Length == 5 && row[0].StartsWith('`'))
            .SelectMany(row => row[1].Split(", ").Select(member => (Answer: row[0].Trim('`'), Member: member.Trim('`'))))
            .ToArray();
        written.ShouldBeUnique();
        written.Where(w => !answers.GetValueOrDefault(w.Answer, []).Contains(w.Member)).ShouldBeEmpty("what is not there");
        answers
            .SelectMany(a => a.Value.Where(m => personal.Contains(m)).Select(m => (Answer: a.Key, Member: m)))
            .Except(written)
            .ShouldBeEmpty("who sees these?");
    }

    private static IEnumerable<string[]> Table(string page) =>
        File.ReadLines(Path.Combine(Servers.Checkout, "infra", page))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim()).ToArray());

    private static IEnumerable<(string Path, string Text)> Sources(string folder)
    {
        var services = Path.Combine(Servers.Checkout, "services");
        return Directory
            .EnumerateFiles(Path.Combine(services, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(services, f), File.ReadAllText(f)));
    }

    [GeneratedRegex(
        @"const (int|long) (?<name>(Most|Longest|Largest|Fewest|Shortest|Least)\w*) = (?<value>[^;,]+?)[;,]\s*$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Limit();

    /// <summary>A refusal's own code, and that of a rule at a field.</summary>
    [GeneratedRegex(
        """RefusalKind\.(Rule|Conflict),\s*"(?<code>[a-z-]+)"|"""
            + """new( FieldRefused)?\(\s*(\$?"[^"]*"|\w+),\s*"(?<code>[a-z-]+)",\s*\$?"[^"]+",""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Rule();
}
