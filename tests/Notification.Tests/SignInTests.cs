using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Stages.Notifications.Addresses;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters.Notices;

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
        mail.Subject.ShouldBe("Se connecter aux stages de réussite");
        mail.TextBody!.ShouldContain("    482 913\n");
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
        (await service.Notices("late@signin.example")).ShouldHaveSingleItem().ShouldBeNull("what was refused is wiped");

        var id = (await coordinator.GetFromJsonAsync<JsonElement>("/api/notifications?email=late@signin.example"))
            .GetProperty("items")[0]
            .GetProperty("id")
            .GetGuid();
        using var again = await coordinator.PostAsync($"/api/notifications/{id}/retry", null);
        (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("not-to-be-repeated");
    }

    [Fact]
    public void a_notice_with_a_code_lies_sealed_and_opens_for_its_address_alone()
    {
        var notice = Samples.All["sign-in"];
        var written = Row(notice, withSms: false, "anne@signin.example", null);
        written.ShouldNotContain("482 913");
        written.ShouldNotContain("abcdef");
        var kept = JsonDocument.Parse(written).RootElement[0].GetProperty("notice").GetString()!;
        kept.ShouldStartWith(NoticeSeal.Mark);
        NoticeSeal.Open(kept, "anne@signin.example").ShouldBe(notice.ToJson());
        Should.Throw<FormatException>(() => NoticeSeal.Open(kept, "eve@signin.example"));
        Row(Samples.All["place-offered"], withSms: false, "anne@signin.example", null).ShouldNotContain(NoticeSeal.Mark);
    }

    [Fact]
    public void a_code_that_nothing_of_ours_can_send_is_not_kept_for_coordinators_to_read_out()
    {
        var notice = Samples.All["sign-in"];
        JsonDocument
            .Parse(Row(notice, withSms: false, null, "+33639980001"))
            .RootElement[0]
            .GetProperty("notice")
            .ValueKind.ShouldBe(JsonValueKind.Null);
        Row(notice, withSms: true, null, "+33639980001").ShouldContain(NoticeSeal.Mark);
    }

    /// <summary>Every notice that could sign somebody in says so.</summary>
    [Fact]
    public void what_has_a_code_in_it_is_secret() =>
        Samples
            .All.Values.Where(n => n.IsSecret)
            .Select(n => n.GetType())
            .Distinct()
            .ShouldBe([typeof(SignInNotice), typeof(ConfirmAddressNotice)]);

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void no_subject_has_a_code(string language)
    {
        foreach (var name in new[] { "sign-in", "sign-in-staff", "sign-in-link" })
            Samples.All[name].Write(Samples.Pen(language)).Subject.ShouldNotMatch("[0-9]");
    }

    private static string Row(Letters.Notice notice, bool withSms, string? email, string? phone)
    {
        var sms = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Sms:Url"] = withSms ? "http://gateway.example" : null };
        var outgoing = new Outgoing(new ConfigurationBuilder().AddInMemoryCollection(sms).Build(), TimeProvider.System);
        var to = Recipient.Of(null, "", email, phone, "fr");
        var known = new Dictionary<Guid, KnownAddress> { [to.AddressId] = KnownAddress.Of(to, KnownAddress.Confirmed, Samples.At) };
        var told = outgoing.Tell([Delivery.Of("test", to, notice, new About(), DateTimeOffset.UnixEpoch)], known, Samples.At);
        return (string)told.Effects.OfType<Effect.Sql>().Single().Parameters.Single();
    }
}
