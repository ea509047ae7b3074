using Microsoft.Extensions.Configuration;
using Stages.Notifications.Deliveries;
using Stages.Notifications.SignIns;

namespace Stages.Notifications.Tests;

/// <summary>What becomes of an address in a message, and in the Portal's request for a code.</summary>
public sealed class SpellingsTests
{
    private static readonly SendSignInMail Asked = new(null, "https://stages.example/c", "123456", "fr", DateTimeOffset.MaxValue);

    [Fact]
    public void phones()
    {
        Spellings.Hold(Spellings.Phones, t => Recipient.Of(null, "Ali", null, t, "fr").Phone);
        Spellings.Hold(Spellings.Phones, t => Sent(Asked with { Phone = t })?.Phone);
    }

    [Fact]
    public void addresses()
    {
        Spellings.Hold(Spellings.Emails, t => Recipient.Of(null, "Ali", t, null, "fr").Email?.ToLowerInvariant());
        Spellings.Hold(Spellings.Emails, t => Sent(Asked with { Email = t })?.Email?.ToLowerInvariant());
    }

    [Fact]
    public async Task no_text_goes_to_a_number_that_was_let_in_before_its_kind_was_refused()
    {
        using var http = new HttpClient();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Sms:Url"] = "http://127.0.0.1:1/" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var gateway = new SmsGateway(http, configuration, Samples.Pen("fr").Links, TimeProvider.System);
        foreach (var (number, kept) in Spellings.Phones.Where(p => p.Kept is null))
        {
            var row = new Claimed(Some.Id(), "sign-in", Channels.Sms, "", number, "fr", "{}", 1, null, null, default, 0);
            (await gateway.Send(row, TestContext.Current.CancellationToken)).Status.ShouldBe(Statuses.Abandoned, number);
        }
    }

    [Fact]
    public void a_landline_is_called_and_gets_no_text()
    {
        var home = Recipient.Of(null, "Ali", null, "04 67 12 34 56", "fr");
        home.Channel.ShouldBe(Channels.None);
        home.Address.ShouldBeNull();
        home.Phone.ShouldBe("+33467123456");
        Recipient.Of(null, "Ali", null, "0692 12 34 56", "fr").Channel.ShouldBe(Channels.Sms);
    }

    private static Recipient? Sent(SendSignInMail request) =>
        new SendSignInMailValidator().Validate(request).IsValid
            ? Recipient.Of(null, "", request.Email, request.Phone, request.Language)
            : null;
}
