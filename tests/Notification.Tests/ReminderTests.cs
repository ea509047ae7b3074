using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stages.Notifications.Reminders;

namespace Stages.Notifications.Tests;

/// <summary>A service whose clock the test sets; only the calendar of reminders follows it, leases follow the database.</summary>
public sealed class ServiceWithClock : ServiceUnderTest<Program>
{
    public MailServer Mailbox { get; } = new();

    public SettableClock Clock { get; } = new();

    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings => NotificationService.Settings(Mailbox);

    protected override void ConfigureServices(IServiceCollection services) =>
        services.AddSingleton<RemindPeople>(s => ActivatorUtilities.CreateInstance<RemindPeople>(s, (TimeProvider)Clock));
}

public sealed class SettableClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => Now;
}

public sealed class ReminderTests(ServiceWithClock service) : IClassFixture<ServiceWithClock>
{
    [Fact]
    public async Task families_and_teachers_are_reminded_once_the_evening_before_and_once_an_hour_before()
    {
        await service.Mailbox.Start();
        var (campaign, zoe, leo, offer) = (Some.Id(), Some.Id(), Some.Id(), Some.Id());
        await service.Publish(Some.CampaignOpened(campaign));
        await service.Publish(Some.Acknowledged(campaign, zoe, Some.Guardian("anne@remind.example")));
        await service.Publish(Some.Acknowledged(campaign, leo, Some.Guardian("anne@remind.example")) with { PupilFirstName = "Léo" });
        await service.Publish(Some.Offer(campaign, offer, "claire@remind.example"));
        var day = Some.NextMonday;
        var morning = Some.Module(day, new(9, 0));
        await service.Publish(Some.Published(campaign, Some.Id(), offer, [morning], zoe));
        await service.Publish(Some.Published(campaign, Some.Id(), offer, [Some.Module(day, new(14, 0))], leo));
        await service.Mailbox.Gets("anne@remind.example", 1, "place-offered");
        await service.Mailbox.Gets("claire@remind.example", 1, "timetable-published");

        var job = service.Services.GetRequiredService<RemindPeople>();
        service.Clock.Now = morning.StartsAt.AddHours(-20);
        await job.Run(TestContext.Current.CancellationToken);
        service.Clock.Now = morning.StartsAt.AddHours(-15);
        await job.Run(TestContext.Current.CancellationToken);
        await job.Run(TestContext.Current.CancellationToken);
        var evening = (await service.Mailbox.Gets("anne@remind.example", 1, "reminder-day")).ShouldHaveSingleItem();
        evening.Subject!.Plain().ShouldBe("Demain pour Zoé et Léo : 2 séances");
        (await service.Mailbox.Gets("claire@remind.example", 1, "reminder-day"))
            .ShouldHaveSingleItem()
            .Subject!.Plain()
            .ShouldBe("Demain : 2 séances");

        service.Clock.Now = morning.StartsAt.AddMinutes(-59);
        await job.Run(TestContext.Current.CancellationToken);
        (await service.Mailbox.Gets("anne@remind.example", 1, "reminder-hour"))
            .ShouldHaveSingleItem()
            .Subject.ShouldBe("Classe pour Zoé à 9\u00A0h");

        // The service was down for the afternoon's hour: a reminder that would come too late does not come.
        service.Clock.Now = morning.StartsAt.AddHours(6);
        await job.Run(TestContext.Current.CancellationToken);
        await service.Mailbox.Gets("claire@remind.example", 1, "reminder-hour");
        service.Mailbox.Mails.Count(m => m.Headers["X-Stages-Kind"] == "reminder-hour").ShouldBe(2);
        service.Mailbox.Mails.Count(m => m.Headers["X-Stages-Kind"] == "reminder-day").ShouldBe(2);
    }
}
