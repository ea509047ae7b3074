namespace Stages.Testing;

/// <summary>French as one types it in a test.</summary>
public static class Spaces
{
    /// <summary>With plain spaces where the page has those that do not break.</summary>
    public static string Plain(this string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
