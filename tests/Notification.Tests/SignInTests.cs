namespace Stages.Notifications.Tests;

public sealed class SignInTests(NotificationService service)
{
    private static object Request(string email, string language = "fr") =>
        new
        {
            email,
            link = "https://stages.example.org/connexion/lien?jeton=" + Some.Id(),
            code = "482 913",
            language,
            expiresAt = TimeProvider.System.GetUtcNow().AddMinutes(15),
        };

    [Fact]
    public async Task the_code_is_in_the_mail_and_the_same_request_twice_is_one_mail()
    {
        await service.Ready;
        using var portal = service.Client("service", "portal@example.org");
        var request = Request("anne@signin.example");
        for (var i = 0; i < 2; i++)
            (await portal.PostAsJsonAsync("/internal/sign-in-mails", request)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var mail = (await service.Mailbox.Gets("anne@signin.example")).ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Votre code de connexion : 482 913");
        mail.TextBody!.ShouldContain("pendant 15 minutes");
        await service.Settled();
        service.Mailbox.To("anne@signin.example").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("family", "anne@signin.example", HttpStatusCode.Forbidden)]
    [InlineData("service", "not an address", HttpStatusCode.BadRequest)]
    [InlineData("service", "a@b.example\r\nBcc: c@d.example", HttpStatusCode.BadRequest)]
    public async Task only_the_portal_asks_and_only_for_addresses(string role, string email, HttpStatusCode answer)
    {
        using var caller = service.Client(role, "x@example.org");
        (await caller.PostAsJsonAsync("/internal/sign-in-mails", Request(email))).StatusCode.ShouldBe(answer);
    }

    [Fact]
    public async Task a_code_that_has_expired_is_not_sent()
    {
        await service.Ready;
        using var portal = service.Client("service", "portal@example.org");
        var late = new
        {
            email = "late@signin.example",
            link = "https://stages.example.org/x",
            code = "111 111",
            language = "en",
            expiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1),
        };
        (await portal.PostAsJsonAsync("/internal/sign-in-mails", late)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var coordinator = service.Client("coordinator", "coordination@example.org");
        (await service.LogHas(coordinator, "late@signin.example", "abandoned")).LastError.ShouldBe("Too late to be of use");
    }
}
