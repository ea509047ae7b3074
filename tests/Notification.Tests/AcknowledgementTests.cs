using Stages.Contracts.Enrolment;
using Stages.Vocabulary;

namespace Stages.Notifications.Tests;

/// <summary>From the message of an enrolment to the mail on the server's disk.</summary>
public sealed class AcknowledgementTests(NotificationService service)
{
    [Fact]
    public async Task both_guardians_are_told_each_in_their_language()
    {
        var enrolment = Some.Id();
        await service.SignedIn("tom@acknowledged.example");
        await service.Say(
            Some.Acknowledged(
                service.Campaign,
                enrolment,
                Some.Guardian("anne@acknowledged.example"),
                Some.Guardian("tom@acknowledged.example", "Tom 🎈 O’Neil", "en")
            )
        );

        var anne = (await service.Mailbox.Gets("anne@acknowledged.example")).ShouldHaveSingleItem();
        anne.Subject.ShouldBe("Inscription de Zoé bien reçue");
        anne.Body!.Headers["Content-Language"].ShouldBe("fr");
        anne.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        anne.Headers["X-Stages-Enrolment"].ShouldBe(enrolment.ToString());
        anne.TextBody!.ShouldContain("Vœu 1\u00A0: Mathématiques");
        anne.HtmlBody!.ShouldContain($"https://stages.example.org/famille/inscriptions/{enrolment}");

        var tom = (await service.Mailbox.Gets("tom@acknowledged.example")).ShouldHaveSingleItem();
        tom.Subject.ShouldBe("Zoé’s enrolment was received");
        tom.To.Mailboxes.Single().Name.ShouldBe("Tom 🎈 O’Neil");
        tom.TextBody!.ShouldContain("Wish 1: Mathematics");
    }

    [Fact]
    public async Task a_message_delivered_many_times_makes_one_mail()
    {
        var (enrolment, message) = (Some.Id(), Some.Id());
        var acknowledged = Some.Acknowledged(service.Campaign, enrolment, Some.Guardian("once@acknowledged.example"));
        for (var i = 0; i < 5; i++)
            await service.Say(acknowledged, message);
        await service.Say(acknowledged with { Version = 2, What = "changed" });

        // The change came last: by its mail all copies of the first have been consumed, and the queue is empty behind it.
        await service.Mailbox.Gets("once@acknowledged.example", 1, "enrolment-changed");
        await service.Settled();
        service
            .Mailbox.To("once@acknowledged.example")
            .Select(m => m.Headers["X-Stages-Kind"])
            .Order()
            .ShouldBe(["enrolment-changed", "enrolment-submitted"]);
    }

    [Fact]
    public async Task guardians_who_share_an_address_get_one_mail()
    {
        await service.Say(
            Some.Acknowledged(
                service.Campaign,
                Some.Id(),
                Some.Guardian("shared@acknowledged.example", "Anne"),
                Some.Guardian("Shared@acknowledged.example", "Paul")
            )
        );
        await service.Mailbox.Gets("shared@acknowledged.example");
        await service.Settled();
        service
            .Mailbox.Mails.Count(m =>
                string.Equals(m.Headers["Delivered-To"], "shared@acknowledged.example", StringComparison.OrdinalIgnoreCase)
            )
            .ShouldBe(1);
    }

    [Fact]
    public async Task a_name_with_line_breaks_starts_no_header()
    {
        await service.Say(
            Some.Acknowledged(
                service.Campaign,
                Some.Id(),
                Some.Guardian("breaks@acknowledged.example", "Anne\r\nBcc: everybody@example.org\r\n\r\n<script>alert(1)</script>")
            ) with
            {
                PupilFirstName = "Zoé\r\nX-Evil: yes",
            }
        );
        var mail = (await service.Mailbox.Gets("breaks@acknowledged.example")).ShouldHaveSingleItem();
        mail.Headers["X-Evil"].ShouldBeNull();
        mail.Bcc.ShouldBeEmpty();
        mail.HtmlBody!.ShouldNotContain("<script>");
        mail.Subject!.ShouldContain("Zoé X-Evil: yes");
    }

    [Fact]
    public async Task an_address_that_the_server_refuses_is_abandoned_with_its_reason_and_can_be_retried()
    {
        await service.Say(Some.Acknowledged(service.Campaign, Some.Id(), Some.Guardian("unknown@acknowledged.example")));
        using var coordinator = service.Client("coordinator", "coordination@example.org");
        var abandoned = await service.LogHas(coordinator, "unknown@acknowledged.example", "abandoned");
        abandoned.LastError.ShouldNotBeNull().ShouldContain("550");
        abandoned.Recipient.ShouldBe("u…@acknowledged.example");

        using var again = await coordinator.PostAsync($"/api/notifications/{abandoned.Id}/retry", null);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        await service.LogHas(coordinator, "unknown@acknowledged.example", "abandoned");
        using var told = await coordinator.PostAsync($"/api/notifications/{abandoned.Id}/told", null);
        told.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var nothing = await coordinator.PostAsync($"/api/notifications/{abandoned.Id}/retry", null);
        nothing.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task a_mailbox_that_is_full_is_tried_again_later()
    {
        await service.Say(Some.Acknowledged(service.Campaign, Some.Id(), Some.Guardian("mailbox-full@acknowledged.example")));
        using var coordinator = service.Client("coordinator", "coordination@example.org");
        var waiting = await service.LogHas(coordinator, "mailbox-full@acknowledged.example", "pending", d => d.LastError is not null);
        waiting.LastError!.ShouldContain("452");
        waiting.NextAttempt!.Value.ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddSeconds(15));
    }

    [Fact]
    public async Task a_family_without_any_address_is_listed_for_a_coordinator_to_call()
    {
        var phone = "06 12 34 56 " + Random.Shared.Next(10, 99);
        await service.Say(Some.Acknowledged(service.Campaign, Some.Id(), new GuardianToTell(null, "Ali Ben Saïd", null, phone, "fr")));
        using var coordinator = service.Client("coordinator", "coordination@example.org", "034");
        var unsent = await Eventually.Is(
            async () =>
                (
                    await coordinator.GetFromJsonAsync<Page<Log.LoggedDelivery>>(
                        "/api/notifications?status=unsent",
                        NotificationService.Json
                    )
                )!.Items,
            items => items.Any(d => d.ToDo?.Phone == PhoneNumber.Parse(phone).ToString())
        );
        var delivery = unsent.First(d => d.ToDo?.Phone == PhoneNumber.Parse(phone).ToString());
        delivery.ToDo!.Text.ShouldContain("Zoé");
        using var retry = await coordinator.PostAsync($"/api/notifications/{delivery.Id}/retry", null);
        retry.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var told = await coordinator.PostAsync($"/api/notifications/{delivery.Id}/told", null);
        (await told.Content.ReadFromJsonAsync<Log.LoggedDelivery>(NotificationService.Json))!.Status.ShouldBe("told");
    }

    [Fact]
    public async Task a_coordinator_of_another_territory_sees_nothing_of_it()
    {
        await service.Say(Some.Acknowledged(service.Campaign, Some.Id(), Some.Guardian("territory@acknowledged.example")));
        await service.Mailbox.Gets("territory@acknowledged.example");
        using var here = service.Client("coordinator", "here@example.org", "034");
        using var elsewhere = service.Client("coordinator", "elsewhere@example.org", "066");
        await service.LogHas(here, "territory@acknowledged.example", "sent");
        (
            await elsewhere.GetFromJsonAsync<Page<Log.LoggedDelivery>>(
                "/api/notifications?email=territory@acknowledged.example",
                NotificationService.Json
            )
        )!.Items.ShouldBeEmpty();
        using var family = service.Client("family", "territory@acknowledged.example");
        (await family.GetAsync("/api/notifications")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await family.GetFromJsonAsync<Page<Log.LoggedDelivery>>("/api/me/notifications", NotificationService.Json))!
            .Items.ShouldHaveSingleItem()
            .Status.ShouldBe("sent");
    }

    [Fact]
    public async Task an_erased_family_leaves_no_trace_and_hears_nothing_more()
    {
        var enrolment = Some.Id();
        await service.Say(Some.Acknowledged(service.Campaign, enrolment, Some.Guardian("erased@acknowledged.example")));
        await service.Mailbox.Gets("erased@acknowledged.example");
        await service.Say(new EnrolmentErased(enrolment, service.Campaign, 2));
        using var coordinator = service.Client("coordinator", "coordination@example.org");
        await Eventually.True(async () =>
            (
                await coordinator.GetFromJsonAsync<Page<Log.LoggedDelivery>>(
                    "/api/notifications?email=erased@acknowledged.example",
                    NotificationService.Json
                )
            )!
                .Items
                .Count == 0
        );
        await service.Say(
            Some.Acknowledged(service.Campaign, enrolment, Some.Guardian("erased@acknowledged.example")) with
            {
                Version = 3,
            }
        );
        await service.Settled();
        service.Mailbox.To("erased@acknowledged.example").Count.ShouldBe(1);
    }
}
