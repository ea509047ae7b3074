namespace Stages.Vocabulary;

/// <summary>
/// A value that is written as a text and cannot be invalid: whoever holds one need not check it again. Its text, read back, is the
/// same value; any other text is either another spelling of it or refused with a reason for the person who typed it.
/// </summary>
public interface IText<TSelf>
    where TSelf : class, IText<TSelf>
{
    static abstract bool TryParse(string? text, [NotNullWhen(true)] out TSelf? value, [NotNullWhen(false)] out LocalText? reason);
}

/// <summary>Reading of texts whose reason for a refusal nobody is there to hear.</summary>
public static class Texts
{
    /// <exception cref="FormatException">The text is none; with the reason in English.</exception>
    public static T Parse<T>(string? text)
        where T : class, IText<T> =>
        T.TryParse(text, out var value, out var reason) ? value : throw new FormatException($"{typeof(T).Name}: {reason.En}");

    /// <summary>The value, or null for a text that is none.</summary>
    public static T? Find<T>(string? text)
        where T : class, IText<T> => T.TryParse(text, out var value, out _) ? value : null;

    /// <summary>The text as such a value is written; one that is none stays as it was typed, for whoever refuses it to show.</summary>
    public static string Normal<T>(string? text)
        where T : class, IText<T> => Find<T>(text)?.ToString() ?? (text ?? "").Trim();
}
