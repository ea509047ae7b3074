using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;
using Stages.Vocabulary;

namespace Stages.Notifications.Tests;

/// <summary>From a message that names somebody who asked for nothing, to what that one gets.</summary>
public sealed partial class StrangerTests(NotificationService service)
{
    private readonly string domain = $"{Some.Id():N}.example";

    private string Anne => "anne@" + domain;

    private string Tom => "tom@" + domain;

    [Fact]
    public async Task a_stranger_is_asked_once_and_a_yes_brings_how_things_stand()
    {
        var (enrolment, offer, stage) = (Some.Id(), Some.Id(), Some.Id());
        var code = await Asked(enrolment);
        await service.Say(Enrolment(enrolment) with { Version = 2, What = "changed" });
        await service.Say(Some.Offer(service.Campaign, offer, "claire@" + domain));
        var published = await service.Say(Some.Published(service.Campaign, stage, offer, Some.Modules(Some.NextMonday), enrolment));
        await service.Say(Some.Changed(published, 2, Some.Modules(Some.NextMonday.AddDays(1))));
        await service.Mailbox.Gets(Anne, 1, "stage-changed");
        service.Mailbox.To(Tom).ShouldHaveSingleItem("everything else waits");
        (await States(enrolment)).ShouldBe(["confirmed", "asked"]);

        await Answer(code, theirs: true);
        await service.Mailbox.Gets(Tom, 1, "place-offered");
        await service.Mailbox.Gets(Tom, 1, "enrolment-submitted");
        await service.Settled();
        service
            .Mailbox.To(Tom)
            .Select(m => m.Headers["X-Stages-Kind"])
            .Order(StringComparer.Ordinal)
            .ShouldBe(["confirm-address", "enrolment-submitted", "place-offered"]);
        (await States(enrolment)).ShouldBe(["confirmed", "confirmed"]);

        // From now on as everybody.
        await service.Say(new StageCancelled(stage, service.Campaign, 3, "Salle fermée"));
        await service.Mailbox.Gets(Tom, 1, "stage-cancelled");
    }

    [Fact]
    public async Task the_question_names_nobody()
    {
        await Asked(Some.Id());
        var mail = service.Mailbox.To(Tom).ShouldHaveSingleItem();
        mail.To.Mailboxes.Single().Name.ShouldBeNullOrEmpty();
        var all = mail.Subject + mail.TextBody + mail.HtmlBody;
        foreach (var typed in (string[])["Tom ", "Zoé", "L’Hérault", "Printemps"])
            all.ShouldNotContain(typed);
    }

    [Fact]
    public async Task who_says_no_is_left_alone_and_the_coordinator_sees_it()
    {
        var enrolment = Some.Id();
        await Answer(await Asked(enrolment), theirs: false);
        await service.Say(Enrolment(enrolment) with { Version = 2, What = "changed" });
        await service.Say(Enrolment(Some.Id()));
        await service.Mailbox.Gets(Anne, 2, "enrolment-submitted");
        await service.Settled();
        service.Mailbox.To(Tom).ShouldHaveSingleItem();
        (await States(enrolment)).ShouldBe(["confirmed", "refused"]);
        using var coordinator = service.Client("coordinator", "coordination@example.org", "034");
        var unsent = await service.LogHas(coordinator, Tom, "unsent", d => d.Kind == "enrolment-changed");
        unsent.LastError.ShouldBe("not-theirs");
        unsent.ToDo.ShouldNotBeNull().Text.ShouldContain("Zoé");
        using var again = await coordinator.PostAsync($"/api/notifications/{unsent.Id}/retry", null);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    /// <summary>
    /// The question has not been noted as sent when its answer comes: here since the mailbox is full for now, elsewhere since the answer
    /// was quick.
    /// </summary>
    [Theory]
    [InlineData(false, "abandoned")]
    [InlineData(true, "pending")]
    public async Task an_answer_that_overtakes_its_question_breaks_nothing(bool theirs, string then)
    {
        var (slow, enrolment) = ($"mailbox-full@{domain}", Some.Id());
        await service.Say(Some.Acknowledged(service.Campaign, enrolment, Some.Guardian(Anne), Some.Guardian(slow, "Tom")));
        using var coordinator = service.Client("coordinator", "coordination@example.org", "034");
        await service.LogHas(coordinator, slow, "pending", d => d is { Kind: "confirm-address", LastError: not null });
        (await service.Notices(slow)).ShouldContain(n => n != null && n.StartsWith("sealed:", StringComparison.Ordinal));

        await Answer(Addresses.AddressCode.Of(PersonId.FromEmail(slow)), theirs);
        var question = await service.LogHas(coordinator, slow, then, d => d.Kind == "confirm-address");
        question.ToDo.ShouldBeNull("nobody is called to be asked");
        if (theirs)
            return;
        var unsent = await service.LogHas(coordinator, slow, "unsent", d => d.Kind == "enrolment-submitted");
        unsent.ToDo.ShouldNotBeNull().Text.ShouldContain("Zoé");
        (await service.Notices(slow)).ShouldAllBe(n => n == null || !n.StartsWith("sealed:", StringComparison.Ordinal));
        using var again = await coordinator.PostAsync($"/api/notifications/{question.Id}/retry", null);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task whoever_signs_in_with_an_address_has_confirmed_it()
    {
        await Asked(Some.Id());
        await service.SignedIn(Tom.ToUpperInvariant());
        await service.Mailbox.Gets(Tom, 1, "enrolment-submitted");
        await service.SignedIn(Tom);
        await service.Settled();
        service.Mailbox.To(Tom).Count.ShouldBe(2);
    }

    [Fact]
    public async Task who_enrols_with_an_address_that_another_had_named_gets_both()
    {
        await Asked(Some.Id());
        await service.Say(Some.Acknowledged(service.Campaign, Some.Id(), Some.Guardian(Tom)) with { PupilFirstName = "Inès" });
        var mails = await service.Mailbox.Gets(Tom, 2, "enrolment-submitted");
        mails
            .Select(m => m.Subject)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["Inscription de Zoé bien reçue", "Inscription d’Inès bien reçue"]);
    }

    [Fact]
    public async Task many_messages_at_once_make_one_question()
    {
        await service.Ready;
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => service.Say(Enrolment(Some.Id()))));
        await service.Mailbox.Gets(Anne, 12, "enrolment-submitted");
        await service.Settled();
        service.Mailbox.To(Tom).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task who_had_letters_before_addresses_were_asked_goes_on_getting_them()
    {
        await service.SignedIn(Tom);
        await service.Say(Enrolment(Some.Id()));
        await service.Mailbox.Gets(Tom, 1, "enrolment-submitted");
        // In the mailbox is not yet in the log, and the log is what tells later that there was a letter.
        using var coordinator = service.Client("coordinator", "camille@example.org");
        await Eventually.Is(
            () =>
                coordinator.GetFromJsonAsync<Page<Log.LoggedDelivery>>(
                    $"/api/notifications?email={Tom}&kind=enrolment-submitted&status=sent",
                    NotificationService.Json
                ),
            log => log!.Items.Count == 1
        );
        await service.Forget(PersonId.FromEmail(Tom));
        await service.Say(Enrolment(Some.Id()));
        await service.Mailbox.Gets(Tom, 2, "enrolment-submitted");
    }

    [Fact]
    public async Task a_day_is_counted_by_campaign_with_its_questions_apart()
    {
        var campaign = Some.Id();
        await service.Say(Some.CampaignOpened(campaign));
        await service.Say(Some.Acknowledged(campaign, Some.Id(), Some.Guardian(Anne), Some.Guardian(Tom, "Tom")));
        await service.Mailbox.Gets(Tom, 1, "confirm-address");
        await using var database = Npgsql.NpgsqlDataSource.Create(service.Realm.Postgres);
        var nothing = new ConfigurationBuilder().Build();
        var watch = new Log.WatchVolume(database, nothing, NullLogger<Log.WatchVolume>.Instance);
        // The acknowledgement of one, the question to the other, and what waits for the answer.
        (await watch.Count(TestContext.Current.CancellationToken)).ShouldContain((campaign, 3L, 1L));
        var none = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Alarms:MessagesPerDay"] = "0" };
        Should.Throw<InvalidOperationException>(() =>
            Log.WatchVolume.MostOf(new ConfigurationBuilder().AddInMemoryCollection(none).Build())
        );
    }

    [Fact]
    public async Task an_unknown_code_is_nobodys_and_strangers_may_not_look()
    {
        await service.Ready;
        using var portal = service.Client("service", "portal@example.org");
        using var unknown = await portal.PostAsJsonAsync("/internal/addresses/look", new { code = "0000-0000-0000" });
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var family = service.Client("family", "x@example.org");
        (await family.PostAsJsonAsync("/internal/addresses/look", new { code = "0" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await family.GetAsync($"/api/notifications/addresses?enrolment={Some.Id()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <returns>The code of the one message that went to Tom.</returns>
    private async Task<string> Asked(Guid enrolment)
    {
        await service.Say(Enrolment(enrolment));
        await service.Mailbox.Gets(Anne, 1, "enrolment-submitted");
        var question = (await service.Mailbox.Gets(Tom, 1, "confirm-address")).ShouldHaveSingleItem();
        return Code().Match(question.TextBody!).Groups["code"].Value;
    }

    private EnrolmentAcknowledged Enrolment(Guid id) =>
        Some.Acknowledged(service.Campaign, id, Some.Guardian(Anne), Some.Guardian(Tom, "Tom"));

    private async Task Answer(string code, bool theirs)
    {
        using var portal = service.Client("service", "portal@example.org");
        var state = await portal.PostAsJsonAsync("/internal/addresses/look", new { code });
        (await state.Content.ReadFromJsonAsync<AskedAddress>())!.State.ShouldBe("asked", "looking changes nothing");
        using var answered = await portal.PostAsJsonAsync("/internal/addresses/answer", new { code = code.ToLowerInvariant(), theirs });
        answered.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private async Task<IEnumerable<string>> States(Guid enrolment)
    {
        using var coordinator = service.Client("coordinator", "coordination@example.org", "034");
        var page = await coordinator.GetFromJsonAsync<Page<GuardianAddress>>(
            $"/api/notifications/addresses?enrolment={enrolment}",
            NotificationService.Json
        );
        return page!.Items.Select(a => a.State);
    }

    [GeneratedRegex("/a/(?<code>[0-9A-Z]{12})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
