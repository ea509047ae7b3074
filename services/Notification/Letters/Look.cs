namespace Stages.Notifications.Letters;

/// <summary>The colours and the type of a letter, written on each element: mail programs drop style sheets.</summary>
public static class Look
{
    // Names of several words need no quotes, which would be written as &#x27; in an attribute.
    public const string Font = "font-family:-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif";
    public const string Ink = "#1b1b35";
    public const string Quiet = "#50506b";
    public const string Accent = "#24468f";
    public const string Tint = "#eef2fb";
    public const string Border = "border:1px solid #d5dcee";

    /// <param name="size">In pixels.</param>
    public static string Type(string size, string line, string colour, string? weight = null) =>
        $"{Font};font-size:{size}px;line-height:{line};{(weight is null ? "" : $"font-weight:{weight};")}color:{colour}";
}
