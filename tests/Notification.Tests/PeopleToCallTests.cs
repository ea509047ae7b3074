using Stages.Contracts.Enrolment;
using Stages.Notifications.Log;
using Stages.Vocabulary;

namespace Stages.Notifications.Tests;

/// <summary>Whom a campaign's messages did not reach: listed by person with what to tell them, until somebody has.</summary>
public sealed class PeopleToCallTests(NotificationService service)
{
    private const string Landline = "+33467123456";

    private readonly Guid campaign = Some.Id();
    private readonly string domain = $"{Some.Id():N}.example";

    [Fact]
    public async Task a_refused_mail_is_something_to_say_by_phone_to_the_coordinators_of_the_territory_alone()
    {
        var enrolment = Some.Id();
        await Enrol(enrolment, Guardian("unknown@" + domain, "Anne Roux"));
        await service.Say(Acknowledged(enrolment, Guardian("unknown@" + domain, "Anne Roux")) with { Version = 2, What = "changed" });
        var person = (await People(p => p is [{ Messages.Count: 2 }])).ShouldHaveSingleItem();
        person.Name.ShouldBe("Anne Roux");
        person.Phone.ShouldBe(Landline);
        person.Recipient.ShouldBe($"u…@{domain}");
        person.Messages.Select(m => m.Kind).ShouldBe(["enrolment-submitted", "enrolment-changed"]);
        person.Messages.ShouldAllBe(m => m.EnrolmentId == enrolment && m.Why == WhyUnreached.Refused && m.CanRetry);
        person.Messages.ShouldAllBe(m => m.Text.Contains("Zoé"));
        (await People("034")).Total.ShouldBe(1);
        (await People("066")).Total.ShouldBe(0);

        using var elsewhere = Coordinator("066");
        foreach (var what in (string[])["told", "retry"])
            (await elsewhere.PostAsync($"/api/notifications/{person.Messages[0].Id}/{what}", null)).StatusCode.ShouldBe(
                HttpStatusCode.NotFound
            );
        using var coordinator = Coordinator("034");
        foreach (var message in person.Messages)
            (await coordinator.PostAsync($"/api/notifications/{message.Id}/told", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await People("034")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task who_has_a_landline_alone_is_called_there_and_nothing_can_be_sent_again()
    {
        await Enrol(Some.Id(), new GuardianToTell(null, "Ali Ben Saïd", null, "04 67 12 34 56", "en"));
        var person = (await People(p => p.Count == 1)).Single();
        (person.Phone, person.Language, person.Recipient).ShouldBe((Landline, "en", "+33…56"));
        var message = person.Messages.ShouldHaveSingleItem();
        (message.Why, message.CanRetry).ShouldBe((WhyUnreached.NoAddress, false));
        message.Text.ShouldContain("enrolment");
    }

    [Fact]
    public async Task who_may_still_answer_comes_last_and_each_state_is_asked_for_by_itself()
    {
        var enrolment = Some.Id();
        await Enrol(
            enrolment,
            Guardian("unknown@" + domain, "Anne Roux"),
            Guardian("tom@" + domain, "Tom Roux"),
            new GuardianToTell(null, "Inès Roux", null, "04 67 12 34 57", "fr")
        );
        var people = await People(p => p.Count == 3);
        people[^1].Name.ShouldBe("Tom Roux");
        people[^1].Messages.Single().Why.ShouldBe(WhyUnreached.Unanswered);
        people[^1].Messages.Single().CanRetry.ShouldBeFalse();
        people[^1].Phone.ShouldBe(Landline);
        (await People("034", "&status=held")).Items.Single().Name.ShouldBe("Tom Roux");
        (await People("034", "&status=unsent")).Items.Single().Name.ShouldBe("Inès Roux");
        (await People("034", "&status=failed")).Items.Single().Name.ShouldBe("Anne Roux");
        var pages = new List<string>();
        for (var page = 1; page <= 4; page++)
        {
            var sheet = await People("034", $"&limit=1&page={page}");
            sheet.Total.ShouldBe(3);
            pages.AddRange(sheet.Items.Select(p => p.Name));
        }
        pages.ShouldBe(people.Select(p => p.Name));
        var counted = await People("034", "&limit=0");
        (counted.Total, counted.Items.Count).ShouldBe((3, 0));
        using var coordinator = Coordinator("034");
        (await coordinator.GetAsync($"/api/notifications/people?campaign={campaign}&status=sent")).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
    }

    [Fact]
    public async Task what_is_sent_again_leaves_the_list_until_it_is_refused_again()
    {
        await Enrol(Some.Id(), Guardian("unknown@" + domain, "Anne Roux"));
        var message = (await People(p => p.Count == 1)).Single().Messages.Single();
        using var coordinator = Coordinator("034");
        (await coordinator.PostAsync($"/api/notifications/{message.Id}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await People(p => p.Count == 1)).Single().Messages.Single().Id.ShouldBe(message.Id);
    }

    [Fact]
    public void words_that_are_forgotten_cannot_be_sent_again()
    {
        var refused = new LoggedDelivery(
            Some.Id(),
            "place-offered",
            "mail",
            "abandoned",
            "a…",
            "",
            "fr",
            null,
            null,
            null,
            default,
            default,
            null,
            1,
            null,
            "550",
            null
        );
        Corrections.Retry(refused, hasSms: true).ShouldBeOfType<WordsForgotten>();
        Corrections.Retry(refused with { ToDo = new("Anne", null, "Stages") }, hasSms: true).ShouldBeNull();
    }

    private static GuardianToTell Guardian(string email, string name) => new(PersonId.FromEmail(email), name, email, Landline, "fr");

    private EnrolmentAcknowledged Acknowledged(Guid enrolment, params GuardianToTell[] guardians) =>
        Some.Acknowledged(campaign, enrolment, guardians);

    private async Task Enrol(Guid enrolment, params GuardianToTell[] guardians)
    {
        await service.Say(Some.CampaignOpened(campaign));
        await service.Say(Acknowledged(enrolment, guardians));
    }

    private HttpClient Coordinator(string? territory) => service.Client("coordinator", "coordination@example.org", territory);

    private async Task<Sheet<PersonToReach>> People(string territory, string filter = "")
    {
        using var coordinator = Coordinator(territory);
        return (
            await coordinator.GetFromJsonAsync<Sheet<PersonToReach>>(
                $"/api/notifications/people?campaign={campaign}{filter}",
                NotificationService.Json
            )
        )!;
    }

    private Task<IReadOnlyList<PersonToReach>> People(Func<IReadOnlyList<PersonToReach>, bool> until) =>
        Eventually.Is(async () => (await People("034")).Items, until);
}
