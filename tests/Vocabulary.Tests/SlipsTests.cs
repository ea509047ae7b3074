using CsCheck;
using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

public sealed class SlipsTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char['a', 'e'], 0, 9];

    [Theory]
    [InlineData("montpellier", "montpelier", 1, true)]
    [InlineData("garnier", "garneir", 1, true)]
    [InlineData("clemence", "clemance", 1, true)]
    [InlineData("clemence", "clemance", 0, false)]
    [InlineData("martin", "marin", 1, true)]
    [InlineData("martin", "durand", 2, false)]
    [InlineData("", "ab", 2, true)]
    public void so_many_slips_lie_between(string one, string other, int most, bool joined) => Slips.Join(one, other, most).ShouldBe(joined);

    [Fact]
    public void it_is_the_same_from_both_sides_and_nothing_lies_between_a_word_and_itself() =>
        Gen.Select(Word, Word, Gen.Int[0, 4])
            .Sample(
                (one, other, most) =>
                    Slips.Join(one, other, most) == Slips.Join(other, one, most)
                    && Slips.Join(one, one, 0)
                    && Slips.Join(one, other, 0) == (one == other)
            );

    [Fact]
    public void one_slip_is_always_within_one() =>
        Gen.Select(Word.Where(w => w.Length > 1), Gen.Int[0, 3], Gen.Int[0, 8])
            .Sample(
                (word, kind, at) =>
                {
                    at %= word.Length - 1;
                    var slipped = kind switch
                    {
                        0 => word.Remove(at, 1),
                        1 => word.Insert(at, "z"),
                        2 => word.Remove(at, 1).Insert(at, "z"),
                        _ => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
                    };
                    return Slips.Join(word, slipped, 1);
                }
            );
}
