using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>
/// A path into a document that stands in a text is seen by no compiler: whoever renames the property breaks it, and learns so at
/// run time. Questions are LINQ; what has to be SQL stands in the schema and in files of queries, with the names of the code.
/// </summary>
public sealed partial class JsonPathTests
{
    [Fact]
    public void a_path_into_a_document_stands_in_the_schema_and_the_queries_alone() =>
        Sources()
            .Where(file => !Path.GetFileName(file).EndsWith("Query.cs", StringComparison.Ordinal))
            .Where(file => !Path.GetFileName(file).EndsWith("Queries.cs", StringComparison.Ordinal))
            .Where(file => Path.GetFileName(file) is not ("Schema.cs" or "Sql.cs" or "StageTrigger.cs"))
            .SelectMany(file => File.ReadLines(file).Select((line, i) => (file, line, number: i + 1)))
            .Where(l => JsonPath().IsMatch(l.line))
            .Select(l => $"{Path.GetRelativePath(Servers.Checkout, l.file)}:{l.number} {l.line.Trim()}")
            .ShouldBeEmpty();

    [Fact]
    public void queries_of_timetables_name_no_member_in_words() =>
        Sources()
            .Where(file => file.Contains($"{Path.DirectorySeparatorChar}Scheduling{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select((line, i) => (file, line, number: i + 1)))
            .Where(l => Spelled().IsMatch(l.line))
            .Select(l => $"{Path.GetRelativePath(Servers.Checkout, l.file)}:{l.number} {l.line.Trim()}")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("where (d.data ->> 'campaignId')::uuid = ?")]
    [InlineData("select data -> 'seats' from scheduling.mt_doc_stage")]
    [InlineData("jsonb_array_elements(x) s where s ->> 'schoolUai' = ?")]
    public void what_is_looked_for_is_found(string sql)
    {
        JsonPath().IsMatch(sql).ShouldBeTrue();
        Spelled().IsMatch(sql).ShouldBeTrue();
    }

    private static IEnumerable<string> Sources()
    {
        var files = Directory
            .EnumerateFiles(Path.Combine(Servers.Checkout, "services"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"))
            .ToArray();
        files.ShouldContain(f => f.EndsWith("StageQueries.cs", StringComparison.Ordinal), "the sources are elsewhere");
        return files;
    }

    [GeneratedRegex(@"->>? ?'", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex JsonPath();

    [GeneratedRegex(@"->>? ?'[a-z]", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Spelled();
}
