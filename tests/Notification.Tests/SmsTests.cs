using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stages.Contracts.Enrolment;

namespace Stages.Notifications.Tests;

/// <summary>A gateway for text messages over HTTP, which is away at first and refuses one number.</summary>
public sealed class SmsGatewayServer : IAsyncDisposable
{
    private readonly WebApplication app;

    public SmsGatewayServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url);
        app = builder.Build();
        app.MapPost(
            "/send",
            (JsonElement message) =>
            {
                if (Interlocked.Increment(ref calls) == 1)
                    return Results.StatusCode(503);
                var to = message.GetProperty("to").GetString()!;
                if (to.EndsWith("99", StringComparison.Ordinal))
                    return Results.BadRequest();
                Sent[message.GetProperty("id").GetGuid()] = (to, message.GetProperty("text").GetString()!);
                return Results.Ok();
            }
        );
    }

    private int calls;

    public string Url { get; } = $"http://127.0.0.1:{ServiceProcess.FreePort()}";

    public ConcurrentDictionary<Guid, (string To, string Text)> Sent { get; } = new();

    public Task Start() => app.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

public sealed class ServiceWithSms : ServiceUnderTest<Program>
{
    public MailServer Mailbox { get; } = new();

    public SmsGatewayServer Gateway { get; } = new();

    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
        NotificationService.Settings(Mailbox).Append(new("Sms:Url", Gateway.Url + "/send"));
}

public sealed class SmsTests(ServiceWithSms service) : IClassFixture<ServiceWithSms>
{
    [Fact]
    public async Task a_family_with_a_phone_alone_is_told_by_text_message()
    {
        await service.Gateway.Start();
        await service.Mailbox.Start();
        var campaign = Some.Id();
        await service.Mailbox.Probe(campaign, service.Publish, service.Publish);
        await service.Publish(
            Some.Acknowledged(campaign, Some.Id(), new GuardianToTell(null, "Ali Ben Saïd", null, "06 12 34 56 78", "fr"))
        );
        await service.Publish(Some.Acknowledged(campaign, Some.Id(), new GuardianToTell(null, "Nobody", null, "06 12 34 56 99", "en")));
        var sent = await Eventually.Is(() => Task.FromResult(service.Gateway.Sent.Values.ToList()), messages => messages.Count > 0);
        sent.ShouldHaveSingleItem()
            .ShouldBe(
                (
                    "+33612345678",
                    "Stages de réussite : l'inscription de Zoé est enregistrée. Un message vous dira la place proposée et les dates. "
                        + "https://stages.example.org/famille"
                )
            );
        using var coordinator = service.Client("coordinator", "coordination@example.org");
        await Eventually.Is(
            async () =>
                (
                    await coordinator.GetFromJsonAsync<Page<Log.LoggedDelivery>>(
                        "/api/notifications?status=abandoned",
                        NotificationService.Json
                    )
                )!.Items,
            items => items.Any(d => d.Recipient == "+33…99")
        );
    }
}
