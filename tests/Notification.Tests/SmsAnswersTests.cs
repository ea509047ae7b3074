using Microsoft.Extensions.Configuration;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;

namespace Stages.Notifications.Tests;

/// <summary>A gateway that fails loses no message: it is tried again, or coordinators see that the gateway will never take it.</summary>
public sealed class SmsAnswersTests
{
    private static readonly string[] Refusals = ["not found"];

    /// <summary>It took the message, whatever it says beside that.</summary>
    private static readonly string[] Taken = ["a page", "nothing", "no text", "without an end", "silent after its first word"];

    public static TheoryData<string> BadDays => [.. FailingAnswers.All.Keys];

    [Theory]
    [MemberData(nameof(BadDays))]
    public async Task what_a_gateway_answers_decides_whether_the_message_is_tried_again(string badDay)
    {
        await using var server = new FailingServer { Answer = FailingAnswers.All[badDay] };
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Sms:Url"] = server.Address + "/send" })
            .Build();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var links = new Links(new PublicAddress("https://stages.example.org", local: true));
        var gateway = new SmsGateway(http, settings, links, TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        var notice = Samples.All["enrolment-submitted"];
        var row = new Claimed(
            Some.Id(),
            notice.Kind,
            Channels.Sms,
            "Anne",
            "+33639980001",
            "fr",
            notice.ToJson(),
            1,
            null,
            null,
            now,
            now.AddMinutes(1).UtcTicks
        );
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        var result = await gateway.Send(row, limit.Token);

        // Whether its first word had come before it broke off, chance says: sent twice, it has the same id.
        if (badDay == "half an answer")
            result.Status.ShouldBeOneOf(Statuses.Sent, Statuses.Pending);
        else
            result.Status.ShouldBe(Expected(badDay));
        (result.RetryAfter is not null).ShouldBe(result.Status == Statuses.Pending);
    }

    private static string Expected(string badDay) =>
        Refusals.Contains(badDay) ? Statuses.Abandoned
        : Taken.Contains(badDay) ? Statuses.Sent
        : Statuses.Pending;
}
