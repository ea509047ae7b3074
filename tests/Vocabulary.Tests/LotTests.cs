using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

/// <summary>Anybody with SHA-256 finds the same; the values here were computed with <c>sha256sum</c>.</summary>
public sealed class LotTests
{
    private const string Seed = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static readonly Guid Enrolment = Guid.Parse("019a0000-0000-7000-8000-000000000001");

    [Fact]
    public void a_draw_and_a_seal_are_what_any_sha256_says()
    {
        Lot.Seal(Seed).ShouldBe("2a8abfa8cb9906290437854193ca6bca41d4d4e26d1d454bd66a35158095e737");
        Lot.Draw(Seed, Enrolment).ShouldBe("ca587728d03a");
        Lot.Turn(Seed, Enrolment).ShouldBe(0xca587728d03a);
    }

    [Fact]
    public void seeds_differ_and_turns_lie_before_the_end()
    {
        var seeds = Enumerable.Range(0, 100).Select(_ => Lot.NewSeed()).ToHashSet(StringComparer.Ordinal);
        seeds.Count.ShouldBe(100);
        seeds.ShouldAllBe(s => s.Length == 64 && Lot.Turn(s, Enrolment) >= 0 && Lot.Turn(s, Enrolment) < Lot.End);
    }
}
