using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Stages.Classrooms.Sessions;
using Stages.Testing;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>The minute in which a class begins, on two copies: everybody is let to the door, once.</summary>
public sealed class ManyAtOnceTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private const int Pupils = 30;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task thirty_who_join_and_enter_one_class_at_once_all_have_their_seat()
    {
        await service.StartCopy();
        var lesson = await service.Publish(0, [.. Enumerable.Range(0, Pupils).Select(i => $"p{i}")]);

        var joined = await Task.WhenAll(lesson.Pupils.Select((p, i) => Join(lesson, p.Parent, i % 2)));
        joined.Select(j => j.Status).ShouldAllBe(status => status == HttpStatusCode.OK);
        // Whoever joined through one copy enters through the other.
        var entered = await Task.WhenAll(joined.Select((j, i) => Enter(lesson, j.Ticket, (i + 1) % 2)));
        entered.ShouldAllBe(status => status == HttpStatusCode.OK);

        await using var reads = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var events = await reads.Events.FetchStreamAsync(lesson.ModuleId, token: Cancel);
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, 1 + (2 * Pupils)).Select(v => (long)v));
        events.Count(e => e.Data is ClassOpened).ShouldBe(1);
        Guid[] expected = [.. lesson.Pupils.Select(p => ClassSession.ParticipantIdOf(lesson.ModuleId, p.EnrolmentId)).Order()];
        events.Select(e => e.Data).OfType<TicketIssued>().Select(e => e.ParticipantId).Order().ShouldBe(expected);
        events.Select(e => e.Data).OfType<SeatTaken>().Select(e => e.ParticipantId).Order().ShouldBe(expected);
    }

    /// <summary>A ticket opens once; but the page that used it and never heard so has its seat, through whichever copy.</summary>
    [Fact]
    public async Task a_seat_whose_answer_was_lost_is_given_again_to_the_same_page_alone()
    {
        await service.StartCopy();
        var lesson = await service.Publish(0, "Lina");
        var (_, ticket) = await Join(lesson, lesson.Pupils[0].Parent, copy: 0);
        var (own, other) = ("0b9c94ec-3372-4088-93dd", "4867b3dc-c883-4872-84b3");
        (await Enter(lesson, ticket, copy: 0, attempt: "short")).ShouldBe(HttpStatusCode.BadRequest);
        foreach (var copy in new[] { 0, 1, 0 })
            (await Enter(lesson, ticket, copy, own)).ShouldBe(HttpStatusCode.OK);
        (await Enter(lesson, ticket, copy: 1, other)).ShouldBe(HttpStatusCode.Forbidden);
        (await Enter(lesson, ticket, copy: 0)).ShouldBe(HttpStatusCode.Forbidden);

        await using var reads = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        (await reads.Events.FetchStreamAsync(lesson.ModuleId, token: Cancel)).Count(e => e.Data is SeatTaken).ShouldBe(1);
    }

    private async Task<(HttpStatusCode Status, string Ticket)> Join(TestLesson lesson, string parent, int copy)
    {
        using var family = service.Client("family", parent, copy: copy);
        using var answer = await family.PostAsJsonAsync($"/api/modules/{lesson.ModuleId}/join", new { }, Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return (answer.StatusCode, body.TryGetProperty("url", out var url) ? url.GetString()!.Split('#')[1] : "");
    }

    private async Task<HttpStatusCode> Enter(TestLesson lesson, string ticket, int copy, string? attempt = null)
    {
        using var browser = service.Client(copy: copy);
        using var answer = await browser.PostAsJsonAsync(
            "/classroom/enter",
            new
            {
                moduleId = lesson.ModuleId,
                ticket,
                attempt,
            },
            Cancel
        );
        return answer.StatusCode;
    }
}
