using System.Text;
using CsCheck;

namespace Stages.ServiceDefaults.Tests;

/// <summary>What is refused at the door of every service, and what is not.</summary>
public sealed class ReadableTests
{
    [Theory]
    [InlineData("/api/schools", "?search=Gar%C3%A7on&level=6e", true)]
    [InlineData("/api/schools", "?search=a%09b", true)]
    [InlineData("/api/schools", "?search=%F0%9F%8E%93", true)]
    [InlineData("/api/schools", "?search=%00", false)]
    [InlineData("/api/schools", "?search=%ff", false)]
    [InlineData("/api/schools", "?search=%ED%A0%80", false)]
    [InlineData("/api/schools", "?search=a&search=b", false)]
    [InlineData("/api/schools", "?search=a&Search=b", false)]
    [InlineData("/api/schools", "?%73earch=a&search=b", false)]
    [InlineData("/api/schools", "?date=2021-04-12", true)]
    [InlineData("/api/schools", "?date=0001-01-01", false)]
    [InlineData("/api/schools", "?date=9999-12-31T00:00:00Z", false)]
    [InlineData("/api/schools", "?search=%", true)]
    [InlineData("/api/\0", "", false)]
    [InlineData("/", "", true)]
    [InlineData("/", null, true)]
    public void an_address_is_text_said_once(string path, string? query, bool readable) =>
        Readable.IsReadable(path, query).ShouldBe(readable);

    [Theory]
    [InlineData("""{ "note": "a\u0000" }""", false)]
    [InlineData("""{ "a\u0000": 1 }""", false)]
    [InlineData("""{ "content": { "deep": ["\u0000"] } }""", false)]
    [InlineData("""{ "note": "\ud800" }""", false)]
    [InlineData("""{ "note": "\ud83c\udf93" }""", true)]
    [InlineData("""{ "note": "\\u0000" }""", true)]
    [InlineData("""{ "monday": "0001-01-01" }""", false)]
    [InlineData("""{ "monday": "2021-04-12" }""", true)]
    [InlineData("""{ "half": """, true)]
    [InlineData("", true)]
    public void a_body_has_texts_that_a_database_keeps(string json, bool readable) =>
        ReadableBodies.IsReadable(Encoding.UTF8.GetBytes(json)).ShouldBe(readable);

    [Fact]
    public void whatever_a_person_types_can_be_asked_for() =>
        Gen
            .String.Where(text => Readable.IsText(text) && Readable.IsPlausibleDate(text))
            .Sample(text => Readable.IsReadable("/", "?q=" + Uri.EscapeDataString(text)));
}
