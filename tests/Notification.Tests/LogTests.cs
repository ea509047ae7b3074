using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Log;

namespace Stages.Notifications.Tests;

public sealed class LogTests(NotificationService service)
{
    [Fact]
    public void no_endpoint_documents_two_shapes_for_one_status() => DocumentedAnswers.HaveOneShapeAStatus(service.Services);

    [Fact]
    public async Task a_long_log_is_read_page_by_page_each_delivery_once()
    {
        await service.Ready;
        var family = $"many-{Some.Id():N}@log.example";
        for (var i = 0; i < 250; i++)
            await service.Publish(Some.Acknowledged(service.Campaign, Some.Id(), Some.Guardian(family)));
        await service.Mailbox.Gets(family, 250);
        using var client = service.Client("family", family);
        var seen = new List<LoggedDelivery>();
        for (var after = ""; ; )
        {
            var page = (
                await client.GetFromJsonAsync<Page<LoggedDelivery>>(
                    $"/api/me/notifications?after={Uri.EscapeDataString(after)}",
                    NotificationService.Json
                )
            )!;
            seen.AddRange(page.Items);
            if (page.Next is null)
                break;
            after = page.Next;
        }
        seen.Count.ShouldBe(250);
        seen.Select(d => d.Id).Distinct().Count().ShouldBe(250);
        seen.Select(d => d.CreatedAt).ShouldBeInOrder(SortDirection.Descending);
        using var nowhere = await client.GetAsync("/api/me/notifications?after=nowhere");
        nowhere.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task what_is_older_than_the_retention_is_forgotten()
    {
        await service.Ready;
        var (old, young) = ($"old-{Some.Id():N}@log.example", $"young-{Some.Id():N}@log.example");
        await service.Say(Some.Acknowledged(service.Campaign, Some.Id(), Some.Guardian(old)));
        await service.Say(Some.Acknowledged(service.Campaign, Some.Id(), Some.Guardian(young)));
        using var coordinator = service.Client("coordinator", "coordination@example.org");
        await service.LogHas(coordinator, old, "sent");
        await service.LogHas(coordinator, young, "sent");
        await using (
            var age = service
                .Services.GetRequiredService<NpgsqlDataSource>()
                .CreateCommand(
                    $"update {DeliveryTable.Name} set created_at = created_at - interval '181 days' "
                        + $"where recipient_hash = '{Trace.Hash(old)}'"
                )
        )
            (await age.ExecuteNonQueryAsync()).ShouldBe(1);
        await service.Services.GetRequiredService<Retention>().Apply(TestContext.Current.CancellationToken);
        (
            await coordinator.GetFromJsonAsync<Page<LoggedDelivery>>($"/api/notifications?email={old}", NotificationService.Json)
        )!.Items.ShouldBeEmpty();
        (
            await coordinator.GetFromJsonAsync<Page<LoggedDelivery>>($"/api/notifications?email={young}", NotificationService.Json)
        )!.Items.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("/api/notifications?status=nonsense", 400)]
    [InlineData("/api/notifications?campaign=nonsense", 400)]
    [InlineData("/calendars/nonsense.ics", 404)]
    public async Task a_wrong_question_gets_a_problem(string address, int status)
    {
        using var coordinator = service.Client("coordinator", "coordination@example.org");
        using var answer = await coordinator.GetAsync(address);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task a_stranger_gets_no_log()
    {
        using var stranger = service.Client();
        (await stranger.GetAsync("/api/notifications")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var teacher = service.Client("teacher", "claire@example.org");
        (await teacher.GetAsync("/api/notifications/summary")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await teacher.PostAsync($"/api/notifications/{Some.Id()}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var coordinator = service.Client("coordinator", "coordination@example.org");
        (await coordinator.PostAsync($"/api/notifications/{Some.Id()}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
