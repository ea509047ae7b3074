using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Logging;

namespace Stages.ServiceDefaults.Tests;

/// <summary>Whatever stands in an entry of the log, it is one line, and the fields are ours.</summary>
public sealed class JsonLinesTests
{
    private static readonly string[] Nasty =
    [
        "\n",
        "\r\n",
        "\"",
        "\\",
        "\",\"level\":\"critical",
        "\u2028",
        "\u0085",
        "\u001b[2J",
        "\0",
        "\ud800",
    ];

    private static readonly Gen<string> Texts = Gen.Select(
        Gen.String,
        Gen.Int[0, Nasty.Length - 1],
        Gen.String,
        (a, n, b) => a + Nasty[n] + b
    );

    [Fact]
    public void an_entry_is_a_line_whatever_stands_in_it() =>
        Gen.Select(Texts, Texts, Texts)
            .Sample(
                (category, message, error) =>
                {
                    var line = new JsonLines("enrolment").Line(DateTimeOffset.UnixEpoch, LogLevel.Warning, category, null, message, error);
                    line.ShouldEndWith("}\n");
                    line[..^1].ShouldAllBe(c => c >= ' ' && c <= '~');
                    var read = JsonDocument.Parse(line).RootElement;
                    read.EnumerateObject().Select(p => p.Name).ShouldBe(["at", "level", "service", "category", "message", "error"]);
                    read.GetProperty("level").GetString().ShouldBe("warning");
                    read.GetProperty("message").GetString().ShouldBe(string.Concat(message.EnumerateRunes()));
                }
            );

    [Fact]
    public void an_entry_has_the_trace_of_its_request()
    {
        using var source = new ActivitySource("Stages.Test");
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Stages.Test",
            Sample = (ref _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var activity = source.StartActivity("asked")!;
        var line = new JsonLines("portal").Line(DateTimeOffset.UnixEpoch, LogLevel.Error, "Stages", "Lost", "Something", null);
        var read = JsonDocument.Parse(line).RootElement;
        read.GetProperty("trace").GetString().ShouldBe(activity.TraceId.ToHexString());
        read.GetProperty("event").GetString().ShouldBe("Lost");
        read.GetProperty("at").GetString().ShouldBe("1970-01-01T00:00:00.000Z");
    }
}
