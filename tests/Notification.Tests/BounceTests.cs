using System.Text.RegularExpressions;
using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Addresses;
using Stages.Notifications.Contacts;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;
using Stages.Notifications.Log;
using Stages.Vocabulary;

namespace Stages.Notifications.Tests;

/// <summary>A mail that is refused for good: the phone takes its place where there is one, once, and never for what signs in.</summary>
public sealed partial class BounceTests(ServiceWithSms service) : IClassFixture<ServiceWithSms>, IAsyncLifetime
{
    private static readonly SemaphoreSlim Once = new(1);
    private static Guid campaign;
    private static int numbers = 10_000_000;

    private readonly string domain = $"{Some.Id():N}.example";

    /// <summary>Of one test; it never ends as the number that the gateway refuses.</summary>
    private readonly string mobile = $"+336{Interlocked.Add(ref numbers, 100) / 100 * 100 + 12:00000000}";

    private string Unknown => "unknown@" + domain;

    public async ValueTask InitializeAsync()
    {
        await Once.WaitAsync();
        try
        {
            if (campaign != Guid.Empty)
                return;
            await service.Gateway.Start();
            await service.Mailbox.Start();
            campaign = Some.Id();
            await service.Mailbox.Probe(campaign, service.Publish, service.Publish);
        }
        finally
        {
            Once.Release();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task the_same_notice_goes_once_by_text_message_and_the_log_says_so()
    {
        await Proven(null, mobile);
        var (enrolment, message) = (Some.Id(), Some.Id());
        var said = Some.Acknowledged(campaign, enrolment, Guardian());
        await service.Publish(said, message);
        await Texts(1);
        await service.Publish(said, message);
        await service.Publish(said with { Version = 2, What = "changed" });
        var texts = await Texts(2);
        texts.Count(t => t.Contains("est enregistrée", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', texts));

        var mails = (await Log(d => d.Count(x => x.Status == Statuses.Abandoned) == 2)).ToList();
        mails.ShouldAllBe(d =>
            d.Channel == Channels.Mail && d.LastError!.StartsWith("Goes by text message instead: 550") && d.ToDo == null
        );
        (await People()).ShouldNotContain(p => p.Messages.Any(m => m.EnrolmentId == enrolment), "they are told");
        using var coordinator = Coordinator();
        using var again = await coordinator.PostAsync($"/api/notifications/{mails[0].Id}/retry", null);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task a_number_that_nobody_confirmed_is_asked_first_and_then_told_how_things_stand()
    {
        var enrolment = Some.Id();
        await service.Publish(Some.Acknowledged(campaign, enrolment, Guardian()));
        var question = (await Texts(1)).ShouldHaveSingleItem();
        question.ShouldNotContain("Zoé");
        var waiting = await Eventually.Is(People, p => p.Any(x => x.Messages.Any(m => m.EnrolmentId == enrolment)));
        var person = waiting.Single(x => x.Messages.Any(m => m.EnrolmentId == enrolment));
        (person.Phone, person.Messages.Single().Why).ShouldBe((mobile, WhyUnreached.Unanswered));

        await Answer(question);
        (await Texts(2)).Last(t => t != question).ShouldContain("Zoé");
        (await People()).ShouldNotContain(p => p.Messages.Any(m => m.EnrolmentId == enrolment));
    }

    [Fact]
    public async Task when_the_question_itself_comes_back_what_waits_and_what_comes_later_goes_by_phone()
    {
        await Proven(null, mobile);
        var enrolment = Some.Id();
        var anne = new GuardianToTell(PersonId.FromEmail("anne@" + domain), "Anne", "anne@" + domain, null, "fr");
        var said = Some.Acknowledged(campaign, enrolment, anne, Guardian());
        await service.Publish(said);
        (await Texts(1)).ShouldHaveSingleItem().ShouldContain("Zoé");
        await service.Publish(said with { Version = 2, What = "withdrawn" });
        (await Texts(2)).Count.ShouldBe(2);
        using var coordinator = Coordinator();
        var states = await coordinator.GetFromJsonAsync<Page<GuardianAddress>>(
            $"/api/notifications/addresses?enrolment={enrolment}",
            NotificationService.Json
        );
        states!.Items.Select(a => a.State).ShouldBe(["confirmed", "gone"]);
    }

    [Fact]
    public async Task who_has_no_mobile_is_listed_with_the_reason_and_the_number()
    {
        var enrolment = Some.Id();
        var anne = new GuardianToTell(PersonId.FromEmail("anne@" + domain), "Anne", "anne@" + domain, null, "fr");
        await service.Publish(Some.Acknowledged(campaign, enrolment, anne, Guardian() with { Phone = "04 67 12 34 56" }));
        var people = await Eventually.Is(
            People,
            p => p.Any(x => x.Messages.Any(m => m.EnrolmentId == enrolment && m.Why == WhyUnreached.Refused))
        );
        var person = people.Single(x => x.Messages.Any(m => m.EnrolmentId == enrolment));
        (person.Phone, person.Messages.Single().CanRetry).ShouldBe(("+33467123456", false));
        // Whoever comes to sign in with it after all is there.
        await Proven(Unknown, null);
        await Eventually.Is(
            People,
            p => p.Any(x => x.Messages.Any(m => m.EnrolmentId == enrolment && m is { Why: WhyUnreached.Refused, CanRetry: true }))
        );
    }

    [Fact]
    public async Task a_teachers_phone_is_used_as_a_guardians_is()
    {
        await Proven(null, mobile);
        await service.Publish(Some.Offer(campaign, Some.Id(), Unknown) with { Phone = mobile });
        (await Texts(1)).ShouldHaveSingleItem().ShouldContain("proposition");
    }

    [Fact]
    public async Task what_signs_in_goes_nowhere_else()
    {
        using var portal = service.Client("service", "portal@example.org");
        var until = TimeProvider.System.GetUtcNow().AddMinutes(10);
        (
            await portal.PostAsJsonAsync(
                "/internal/sign-in-mails",
                new SendSignInMail(Unknown, "https://x.example/", "123 456", "fr", until)
            )
        ).EnsureSuccessStatusCode();
        var refused = (await Log(d => d.Any(x => x.Status == Statuses.Abandoned))).ShouldHaveSingleItem();
        refused.LastError!.ShouldStartWith("550");
    }

    [Fact]
    public void whatever_is_sealed_stays_where_it_was_to_go()
    {
        var to = Recipient.Of(null, "Anne", null, mobile, "fr");
        foreach (var (name, notice) in Samples.All)
        {
            var kept = notice.IsSecret ? NoticeSeal.Seal(notice.ToJson(), "a@b.example") : notice.ToJson();
            var stranded = new Stranded(Some.Id(), to, kept, new About(), Samples.At);
            (stranded.ByPhone(hasSms: true) is null).ShouldBe(notice.IsSecret, name);
            stranded.ByPhone(hasSms: false).ShouldBeNull();
            (stranded with { To = to with { Phone = "+33467123456" } }).ByPhone(hasSms: true).ShouldBeNull();
            if (stranded.ByPhone(hasSms: true) is { } text)
            {
                text.Id.ShouldBe(stranded.ByPhone(hasSms: true)!.Id, "once");
                text.To.Channel.ShouldBe(Channels.Sms);
                text.Notice.Kind.ShouldBe(notice.Kind);
            }
        }
    }

    [Fact]
    public void only_an_address_that_waits_for_its_answer_is_gone()
    {
        var asked = KnownAddress.Of(Recipient.Of(null, "", Unknown, null, "fr"), KnownAddress.Asked, Samples.At);
        Bounces.Gone(null, Samples.At).ChangesNothing.ShouldBeTrue();
        Bounces.Gone(asked.Become(KnownAddress.Confirmed, Samples.At), Samples.At).ChangesNothing.ShouldBeTrue();
        Bounces.Gone(asked.Become(KnownAddress.Refused, Samples.At), Samples.At).ChangesNothing.ShouldBeTrue();
        var gone = Bounces.Gone(asked, Samples.At).Effects.OfType<Effect.Store<KnownAddress>>().Single().Documents.Single();
        gone.State.ShouldBe(KnownAddress.Gone);
    }

    private GuardianToTell Guardian() => new(PersonId.FromEmail(Unknown), "Tom O’Neil", Unknown, mobile, "fr");

    private HttpClient Coordinator() => service.Client("coordinator", "coordination@example.org", "034");

    private async Task Proven(string? email, string? phone)
    {
        using var portal = service.Client("service", "portal@example.org");
        (await portal.PostAsJsonAsync("/internal/addresses/proven", new ProvenAddress(email, phone))).EnsureSuccessStatusCode();
    }

    private async Task Answer(string question)
    {
        using var portal = service.Client("service", "portal@example.org");
        var code = Code().Match(question).Groups["code"].Value;
        (await portal.PostAsJsonAsync("/internal/addresses/answer", new { code, theirs = true })).EnsureSuccessStatusCode();
    }

    /// <summary>What came to the number of this test.</summary>
    private Task<List<string>> Texts(int count) =>
        Eventually.Is(
            () => Task.FromResult(service.Gateway.Sent.Values.Where(m => m.To == mobile).Select(m => m.Text).ToList()),
            texts => texts.Count >= count,
            condition: $"{count} texts to {mobile}"
        );

    private Task<IReadOnlyList<LoggedDelivery>> Log(Func<IReadOnlyList<LoggedDelivery>, bool> until) =>
        Eventually.Is(
            async () =>
            {
                using var coordinator = service.Client("coordinator", "coordination@example.org");
                return (
                    await coordinator.GetFromJsonAsync<Page<LoggedDelivery>>(
                        $"/api/notifications?email={Unknown}",
                        NotificationService.Json
                    )
                )!.Items;
            },
            until
        );

    private async Task<IReadOnlyList<PersonToReach>> People()
    {
        using var coordinator = Coordinator();
        return (
            await coordinator.GetFromJsonAsync<Sheet<PersonToReach>>(
                $"/api/notifications/people?campaign={campaign}&limit=200",
                NotificationService.Json
            )
        )!.Items;
    }

    [GeneratedRegex("/a/(?<code>[0-9A-Z]{12})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
