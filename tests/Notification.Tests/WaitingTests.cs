using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Timetables;

namespace Stages.Notifications.Tests;

/// <summary>News that comes before what it builds upon.</summary>
public sealed class WaitingTests(NotificationService service)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task twenty_acknowledgements_before_their_campaign_let_others_through_and_all_come()
    {
        await service.Ready;
        var campaign = Some.Id();
        var addresses = Enumerable.Range(0, 20).Select(i => $"early-{i}-{campaign:N}@waiting.example").ToList();
        foreach (var address in addresses)
            await service.Publish(Some.Acknowledged(campaign, Some.Id(), Some.Guardian(address)));

        var meanwhile = $"meanwhile-{campaign:N}@waiting.example";
        await service.Publish(Some.Acknowledged(service.Campaign, Some.Id(), Some.Guardian(meanwhile)));
        await Eventually.Is(() => Told(meanwhile), told => told == 1, Soon);
        (await Told(addresses[0])).ShouldBe(0);

        await service.Publish(Some.CampaignOpened(campaign));
        foreach (var address in addresses)
            await Eventually.Is(() => Told(address), told => told == 1);
    }

    [Fact]
    public async Task whatever_speaks_of_a_campaign_waits_until_that_one_is_known()
    {
        await service.Ready;
        var (campaign, id, at) = (Some.Id(), Some.Id(), TimeProvider.System.GetUtcNow());
        await service.Publish(Some.Acknowledged(campaign, id, Some.Guardian($"{id:N}@waiting.example")));
        await service.Publish(Some.Offer(campaign, id, $"{id:N}@waiting.example"));
        await service.Publish(new OfferWithdrawn(id, campaign, 2, at));
        await service.Publish(new SubstituteInvited(id, campaign, id, at));
        await service.Publish(new WishesLeftWaiting(id, campaign, 1, []));
        await service.Publish(new Contracts.Classroom.PupilMissing(id, id, campaign, id, at));
        await service.Publish(new Contracts.Classroom.TeacherMissing(id, id, campaign, at));
        await Eventually.Is(() => Waiting($"campaign:{campaign}"), waiting => waiting == 7, Soon);
    }

    [Fact]
    public async Task twenty_alarms_of_an_unknown_stage_let_others_through()
    {
        await service.Ready;
        var stage = Some.Id();
        var at = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 20; i++)
            await service.Publish(new Contracts.Classroom.TeacherMissing(Some.Id(), stage, service.Campaign, at));
        var meanwhile = $"alarms-{stage:N}@waiting.example";
        await service.Publish(Some.Acknowledged(service.Campaign, Some.Id(), Some.Guardian(meanwhile)));
        await Eventually.Is(() => Told(meanwhile), told => told == 1, Soon);
    }

    [Fact]
    public void contacts_are_waited_for_by_the_age_of_the_message()
    {
        Families.AreWaitedFor(missing: 1, TimeSpan.Zero).ShouldBeTrue();
        Families.AreWaitedFor(missing: 1, Families.Patience - TimeSpan.FromSeconds(1)).ShouldBeTrue();
        Families.AreWaitedFor(missing: 1, Families.Patience).ShouldBeFalse();
        Families.AreWaitedFor(missing: 0, TimeSpan.Zero).ShouldBeFalse();
    }

    private Task<int> Told(string address) => Task.FromResult(service.Mailbox.To(address).Count);

    private async Task<long> Waiting(string key)
    {
        await using var command = service
            .Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand($"select count(*) from {DeliveryTable.Schema}.parked_messages where waits_for = $1");
        command.Parameters.Add(new() { Value = key });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
