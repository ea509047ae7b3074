using System.Net;
using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;
using Stages.Vocabulary;

namespace Stages.Notifications.Tests;

/// <summary>
/// A person is forgotten in the middle of what is told to them, in whatever order this service learns of it: nothing that names their
/// account is left, nor comes back.
/// </summary>
public sealed class ForgottenTests(NotificationService service)
{
    private readonly string domain = $"{Some.Id():N}.example";

    public enum Order
    {
        /// <summary>All that was said is known before.</summary>
        Known,

        /// <summary>The stage is told while the person is forgotten.</summary>
        Between,

        /// <summary>What the person had said comes when they are forgotten here already.</summary>
        Late,
    }

    [Theory]
    [InlineData(Order.Known)]
    [InlineData(Order.Between)]
    [InlineData(Order.Late)]
    public async Task nothing_is_left_of_a_teacher(Order order)
    {
        using var portal = service.Client("service", "portal@example.org");
        await service.SignedIn("first@" + domain);
        for (var round = 0; round < 10; round++)
        {
            var (email, offer, stage) = ($"claire{round}@{domain}", Some.Id(), Some.Id());
            var person = PersonId.FromEmail(email);
            Task Declare() => service.Say(Some.Offer(service.Campaign, offer, email));
            Task Publish() => service.Say(Some.Published(service.Campaign, stage, offer, Some.Modules(Some.NextMonday)));
            async Task Forget() => (await portal.DeleteAsync($"/internal/people/{person}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            if (order == Order.Late)
                await Forget();
            await Declare();
            if (order == Order.Known)
            {
                await Publish();
                await service.Mailbox.Gets(email, 1, "timetable-published");
            }
            if (order == Order.Between)
                await Task.WhenAll(Publish(), Forget());
            if (order == Order.Late)
                await Publish();
            if (order != Order.Between)
                await Task.WhenAll(order == Order.Known ? Forget() : Task.CompletedTask);
            await service.Say(new OfferForgotten(offer, service.Campaign, 9));
            await service.Settled();
            await Eventually.Is(() => Traces(person), left => left.Length == 0, condition: $"no trace of {order}, round {round}");
        }
    }

    [Fact]
    public async Task nothing_is_left_of_a_family_whose_enrolment_comes_when_it_is_forgotten_already()
    {
        var (email, enrolment) = ("anne@" + domain, Some.Id());
        var person = PersonId.FromEmail(email);
        using var portal = service.Client("service", "portal@example.org");
        (await portal.DeleteAsync($"/internal/people/{person}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await service.Say(Some.Acknowledged(service.Campaign, enrolment, Some.Guardian(email)));
        await service.Mailbox.Gets(email, 1, "enrolment-submitted");
        await service.Say(new EnrolmentErased(enrolment, service.Campaign, 9));
        await service.Settled();
        await Eventually.Is(() => Traces(person), left => left.Length == 0);
    }

    private async Task<string> Traces(Guid person)
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(service.Realm.Postgres);
        await using var command = database.CreateCommand(
            """
            select coalesce(string_agg(what, ', '), '') from (
              select kind || ' ' || status as what from notification.deliveries where person_id = $1
              union all select 'calendar' from notification.mt_doc_personalcalendar where id = $1
              union all select 'contact ' || data::text from notification.mt_doc_teachercontact where data::text like '%' || $1::text || '%'
              union all select 'address' from notification.mt_doc_knownaddress where id = $1) as traces
            """
        );
        command.Parameters.Add(new() { Value = person });
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
