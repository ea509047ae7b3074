using System.Text.Json;
using CsCheck;
using Shouldly;

namespace Stages.Vocabulary.Tests;

/// <summary>What holds of every value of the vocabulary.</summary>
internal static class Values
{
    /// <summary>
    /// Any text is refused with a reason in both languages, or read as a value whose text reads as the same value, in JSON and as a
    /// key too.
    /// </summary>
    /// <param name="signs">What texts of this kind are made of, so that many are nearly right.</param>
    public static void Hold<T>(string signs, params string[] right)
        where T : class, IText<T>
    {
        var sign = OneOf(signs.ToCharArray());
        var nearly =
            from start in OneOf(right)
            from cut in Gen.Int[0, start.Length]
            from other in sign
            from drop in Gen.Int[0, 1]
            select start[..cut] + other + start[Math.Min(start.Length, cut + drop)..];
        var any = Gen.OneOf(OneOf(right), nearly, sign.Array[0, 20].Select(s => new string(s)), Gen.String);
        any.Sample(Holds<T>, iter: 4_000);
        foreach (var text in right)
            T.TryParse(text, out _, out _).ShouldBeTrue(text);
    }

    private static Gen<T> OneOf<T>(T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static void Holds<T>(string text)
        where T : class, IText<T>
    {
        if (!T.TryParse(text, out var value, out var reason))
        {
            value.ShouldBeNull();
            reason.Fr.ShouldNotBeEmpty();
            reason.En.ShouldNotBeEmpty();
            return;
        }
        reason.ShouldBeNull();
        var again = Texts.Parse<T>(value.ToString());
        again.ShouldBe(value);
        again.ToString().ShouldBe(value.ToString());
        again.GetHashCode().ShouldBe(value.GetHashCode());
        JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value)).ShouldBe(value);
        var keyed = new Dictionary<T, int> { [value] = 1 };
        JsonSerializer.Deserialize<Dictionary<T, int>>(JsonSerializer.Serialize(keyed))!.ShouldBe(keyed);
    }

    public static string? Of<T>(string? text)
        where T : class, IText<T> => Texts.Find<T>(text)?.ToString();
}
