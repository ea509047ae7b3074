namespace Stages.Portal.Accounts;

/// <summary>What a browser says of itself, as far as its owner would know it again: the machine and the browser, no versions.</summary>
/// <param name="Machine">Such as <c>android-phone</c>; empty when it does not say.</param>
/// <param name="Browser">As people call it, such as <c>Firefox</c>; empty when it does not say.</param>
public sealed record Device(string Machine, string Browser)
{
    /// <summary>In this order: a browser also names those before whose pages it does not want to miss.</summary>
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    public static Device Of(string? userAgent)
    {
        var said = userAgent ?? "";
        return new(MachineOf(said), Browsers.FirstOrDefault(b => said.Contains(b.Sign, StringComparison.Ordinal)).Name ?? "");
    }

    private static string MachineOf(string said)
    {
        return Says("Android") ? (Says("Mobile") ? "android-phone" : "android-tablet")
            : Says("iPhone") ? "iphone"
            : Says("iPad") ? "ipad"
            : Says("Windows") ? "windows"
            : Says("Macintosh") ? "mac"
            : Says("CrOS") ? "chromebook"
            : Says("Linux") ? "linux"
            : "";

        bool Says(string word) => said.Contains(word, StringComparison.Ordinal);
    }

    /// <summary>In the reader's language: "téléphone Android, Firefox".</summary>
    public string Text => Say.In(Words);

    public LocalText Words => new(With(MachineText.Fr, "appareil inconnu"), With(MachineText.En, "unknown device"));

    private string With(string machine, string unknown) =>
        string.Join(", ", new[] { machine, Browser }.Where(t => t.Length > 0)) is { Length: > 0 } text ? text : unknown;

    private LocalText MachineText =>
        Machine switch
        {
            "android-phone" => new("téléphone Android", "Android phone"),
            "android-tablet" => new("tablette Android", "Android tablet"),
            "iphone" => LocalText.Same("iPhone"),
            "ipad" => LocalText.Same("iPad"),
            "windows" => new("ordinateur Windows", "Windows computer"),
            "mac" => LocalText.Same("Mac"),
            "chromebook" => LocalText.Same("Chromebook"),
            "linux" => new("ordinateur Linux", "Linux computer"),
            _ => LocalText.Same(""),
        };
}
