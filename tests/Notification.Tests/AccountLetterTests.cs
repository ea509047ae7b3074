using Stages.Api.Notification;
using Stages.Notifications.Letters;
using Stages.Notifications.Letters.Notices;
using Stages.Notifications.SignIns;

namespace Stages.Notifications.Tests;

/// <summary>What people are told of their accounts: by the Portal's word alone, once, with a way to act and nothing to steal.</summary>
public sealed class AccountLetterTests(NotificationService service)
{
    public static TheoryData<string> All() => [.. AccountNews.All];

    private static SendAccountLetter Asked(string what, string? email = "anne@account.example", string? phone = null) =>
        new(Some.Id(), what, email, phone, "fr", Samples.At, "téléphone Android", "Android phone");

    [Theory]
    [MemberData(nameof(All))]
    public void every_letter_says_what_and_when_and_leads_where_one_can_act(string what)
    {
        foreach (var language in (string[])["fr", "en"])
        {
            var pen = Samples.Pen(language);
            var notice = new AccountNotice(what, Samples.At, null);
            var letter = notice.Write(pen);
            letter.Blocks.OfType<Button>().ShouldHaveSingleItem().Address.ShouldStartWith("https://stages.example.org/co");
            letter.Blocks.OfType<CodeToCopy>().ShouldBeEmpty();
            letter.Blocks.OfType<Facts>().ShouldHaveSingleItem().Lines.ShouldHaveSingleItem().Value.ShouldContain("2021");
            notice.Short(pen).Length.ShouldBeLessThanOrEqualTo(160);
        }
    }

    [Fact]
    public async Task the_same_letter_asked_for_twice_is_one_mail_even_to_an_address_that_never_answered()
    {
        await service.Ready;
        using var portal = service.Client("service", "portal@example.org");
        var request = Asked(AccountNews.NewBrowser, "new@account.example");
        for (var i = 0; i < 2; i++)
            (await portal.PostAsJsonAsync("/internal/account-letters", request)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var mail = (await service.Mailbox.Gets("new@account.example")).ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Nouvelle connexion à votre compte");
        mail.TextBody!.ShouldContain("téléphone Android");
        await service.Settled();
        service.Mailbox.To("new@account.example").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("family", "new-browser", "a@account.example", HttpStatusCode.Forbidden)]
    [InlineData("service", "won-a-prize", "a@account.example", HttpStatusCode.BadRequest)]
    [InlineData("service", "new-browser", "not an address", HttpStatusCode.BadRequest)]
    [InlineData("service", "new-browser", null, HttpStatusCode.BadRequest)]
    public async Task only_the_portal_asks_for_what_has_words(string role, string what, string? email, HttpStatusCode answer)
    {
        using var caller = service.Client(role, "x@example.org");
        (await caller.PostAsJsonAsync("/internal/account-letters", Asked(what, email))).StatusCode.ShouldBe(answer);
    }

    [Fact]
    public void a_family_without_an_address_is_told_by_text_message()
    {
        var delivery = AccountLetters.Of(Asked(AccountNews.NewBrowser, null, "+33639980001"));
        delivery.To.Channel.ShouldBe(Deliveries.Channels.Sms);
        delivery.Notice.ShouldBe(
            new AccountNotice(AccountNews.NewBrowser, Samples.At, new Vocabulary.LocalText("téléphone Android", "Android phone"))
        );
    }
}
