using System.Text.RegularExpressions;

namespace Stages.Portal.Tests;

/// <summary>What staff do after their address is proven, with an app of the test.</summary>
public static partial class SecondStep
{
    private const string Page = "/compte/double-authentification";

    /// <summary>One for each person, for as long as the database is the same.</summary>
    public static AuthenticatorApps Apps { get; } = new();

    public static async Task Pass(Browser browser, string email)
    {
        if (Apps.Has(email))
            await browser.Submit("/connexion/verification", "__code", ("__code", await Apps.Code(email)));
        else
            await SetUp(browser, email);
    }

    /// <summary>For whoever may be of the staff.</summary>
    public static async Task PassIfAsked(Browser browser, string email)
    {
        if (
            (await browser.Get("/coordination"))
                .Headers.Location?.ToString()
                .StartsWith("/connexion/verification", StringComparison.Ordinal) == true
        )
            await Pass(browser, email);
    }

    public static async Task SetUp(Browser browser, string email)
    {
        var page = await (await browser.Get(Page)).Content.ReadAsStringAsync();
        Apps.Keep(email, Letters().Match(page).Groups["key"].Value);
        var done = await browser.SubmitIn(page, Page, "name=\"offer\"", ("code", await Apps.Code(email)));
        var shown = await done.Content.ReadAsStringAsync();
        (
            shown.Contains("Vos codes de secours", StringComparison.Ordinal)
            || shown.Contains("Your recovery codes", StringComparison.Ordinal)
        ).ShouldBeTrue(shown);
        Apps.KeepPaper(email, shown);
    }

    [GeneratedRegex("class=\"key\">(?<key>[A-Z2-7 ]+)<", RegexOptions.None, 1000)]
    private static partial Regex Letters();
}
