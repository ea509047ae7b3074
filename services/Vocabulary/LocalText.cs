namespace Stages.Vocabulary;

/// <summary>One sentence in the two languages of the service.</summary>
public sealed record LocalText(string Fr, string En)
{
    /// <summary>A word that is the same in both.</summary>
    public static LocalText Same(string word) => new(word, word);

    /// <param name="language"><c>en</c> or a variety of it is English; anything else is French, the language of the house.</param>
    public string In(string? language) => language?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? En : French.Spaced(Fr);

    public override string ToString() => Fr;
}
