using CsCheck;
using Shouldly;
using Stages.Classrooms.Media;
using Xunit;

namespace Stages.Classrooms.Tests;

public sealed class SentLinesTests
{
    private static readonly (string Kind, string Name) Sound = ("audio", "0");
    private static readonly (string Kind, string Name) Picture = ("video", "1");

    private static string Offer(string end, params (string Kind, string Name)[] lines) =>
        string.Join(
            end,
            [
                "v=0",
                "o=- 1 2 IN IP4 127.0.0.1",
                .. lines.SelectMany(l => (string[])[$"m={l.Kind} 9 UDP/TLS/RTP/SAVPF 111", $"a=mid:{l.Name}", "a=sendonly"]),
                "",
            ]
        );

    [Fact]
    public void one_sound_and_one_picture_are_ours()
    {
        SentLines.AreOurs(Offer("\r\n", Sound, Picture)).ShouldBeTrue();
        SentLines.AreOurs(Offer("\n", Sound, Picture)).ShouldBeTrue();
        SentLines.AreOurs("").ShouldBeFalse();
        SentLines.AreOurs("v=0").ShouldBeFalse();
        SentLines.AreOurs(Offer("\n", Sound, Picture) + "a=mid:5\r\n").ShouldBeFalse();
    }

    /// <summary>Nothing else is: whatever is added, left out, named otherwise or in another order.</summary>
    [Fact]
    public void a_line_that_nobody_could_mute_is_refused() =>
        Gen.Select(Gen.OneOf(Gen.Const("audio"), Gen.Const("video"), Gen.Const("application")), Gen.Int[0, 3].Select(i => $"{i}"))
            .Array[0, 4]
            .Sample(lines => SentLines.AreOurs(Offer("\r\n", lines)).ShouldBe(lines.SequenceEqual([Sound, Picture])));
}
