namespace Stages.Portal.Tests.SignIn;

/// <summary>A provider that is away, answers nonsense or hangs: people are told its name and sent to the link, never to an error.</summary>
public sealed class FailingProviderTests(PortalService portal)
{
    public static TheoryData<string> BadDays => [.. FailingAnswers.All.Keys];

    [Theory]
    [MemberData(nameof(BadDays))]
    public async Task before_one_is_sent_there(string badDay)
    {
        portal.Absent.Answer = FailingAnswers.All[badDay];
        using var browser = new Browser(portal);
        using var answer = await browser.Submit("/connexion/absent?retour=/coordination", "/connexion/absent");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        answer.Headers.Location!.ToString().ShouldBe("/connexion");
        (await Page(browser)).ShouldContain("ProConnect ne répond pas");
    }

    /// <summary>Others sign in through this provider meanwhile: of one that says nothing more its patience is tried above.</summary>
    public static TheoryData<string, string> BadDaysOfEach =>
        [
            .. new[] { "/token", "/userinfo" }.SelectMany(path =>
                FailingAnswers.All.Keys.Where(k => !k.StartsWith("silent", StringComparison.Ordinal)).Select(badDay => (path, badDay))
            ),
        ];

    [Theory]
    [MemberData(nameof(BadDaysOfEach))]
    public async Task after_one_came_back_from_there(string path, string badDay)
    {
        portal.Families.Person = [new("sub", "bad-day"), new("given_name", "Ali"), new("FrEduCtPersonAffiliation", "resp2d")];
        using var browser = new Browser(portal);
        portal.Families.BadDay = (path, FailingAnswers.All[badDay]);
        try
        {
            using var back = await browser.Through("educonnect", "/famille");
            back.Headers.Location!.ToString().ShouldBe("/connexion");
        }
        finally
        {
            portal.Families.BadDay = null;
        }
        (await Page(browser)).ShouldContain("ÉduConnect ne répond pas");
        (await browser.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var again = await browser.Through("educonnect", "/famille");
        again.Headers.Location!.ToString().ShouldBe("/famille");
    }

    private static async Task<string> Page(Browser browser) =>
        WebUtility.HtmlDecode(await (await browser.Get("/connexion")).Content.ReadAsStringAsync());
}
