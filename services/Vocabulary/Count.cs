namespace Stages.Vocabulary;

/// <summary>« 1 vœu », « 2 vœux », « 0 vœu »; "1 wish", "0 wishes": a number and its noun, as each language counts.</summary>
public static class Count
{
    /// <param name="one">The words after the number; each word that changes is in both.</param>
    /// <param name="many">Of two and more; without it, <paramref name="one"/> with an s.</param>
    public static string Fr(int number, string one, string? many = null) =>
        $"{number} {(number is > -2 and < 2 ? one : many ?? one + "s")}";

    public static string En(int number, string one, string? many = null) => $"{number} {(number is 1 or -1 ? one : many ?? one + "s")}";
}
