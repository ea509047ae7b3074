using Ical.Net;
using MimeKit;
using Stages.Contracts.Classroom;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Calendars;
using Stages.Vocabulary;

namespace Stages.Notifications.Tests;

/// <summary>From what Scheduling and Classroom say to mailboxes and calendars.</summary>
public sealed class TimetableTests(NotificationService service)
{
    private readonly string domain = $"{Some.Id():N}.example";
    private readonly (Guid Zoe, Guid Leo, Guid Offer, Guid Stage) id = (Some.Id(), Some.Id(), Some.Id(), Some.Id());

    private string Anne => "anne@" + domain;

    private string Tom => "tom@" + domain;

    private string Claire => "claire@" + domain;

    private async Task<StagePublished> Publish(IReadOnlyList<ModuleSet>? modules = null)
    {
        await service.SignedIn(Tom);
        await service.Say(Some.Acknowledged(service.Campaign, id.Zoe, Some.Guardian(Anne), Some.Guardian(Tom, "Tom", "en")));
        await service.Say(Some.Acknowledged(service.Campaign, id.Leo, Some.Guardian(Anne)) with { PupilFirstName = "Léo" });
        await service.Say(Some.Offer(service.Campaign, id.Offer, Claire));
        var published = await service.Say(
            Some.Published(service.Campaign, id.Stage, id.Offer, modules ?? Some.Modules(Some.NextMonday), id.Zoe, id.Leo)
        );
        await service.Mailbox.Gets(Claire, 1, "timetable-published");
        await service.Mailbox.Gets(Tom, 1, "place-offered");
        await service.Mailbox.Gets(Anne, 1, "place-offered");
        return published;
    }

    private static IReadOnlyList<Calendar> Invitations(MimeMessage mail) =>
        [.. mail.BodyParts.OfType<TextPart>().Where(p => p.ContentType.IsMimeType("text", "calendar")).Select(p => Calendar.Load(p.Text)!)];

    private async Task<Calendar> Feed(string role, string email)
    {
        using var client = service.Client(role, email);
        var address = (await client.GetFromJsonAsync<CalendarAddress>("/api/me/calendar", NotificationService.Json))!;
        using var anybody = service.Client();
        var text = await anybody.GetStringAsync(new Uri(address.Url).AbsolutePath);
        return Calendar.Load(text)!;
    }

    [Fact]
    public async Task a_publication_tells_each_guardian_once_and_the_teacher_with_an_invitation_for_each_module()
    {
        var published = await Publish();
        var anne = (await service.Mailbox.Gets(Anne, 1, "place-offered")).ShouldHaveSingleItem();
        anne.Subject.ShouldBe("Une place pour Zoé et Léo en mathématiques");
        var tom = (await service.Mailbox.Gets(Tom, 1, "place-offered")).ShouldHaveSingleItem();
        tom.Subject.ShouldBe("A place for Zoé in Mathematics");
        var claire = await service.Mailbox.GetsOne(Claire, "timetable-published");
        foreach (var mail in (MimeMessage[])[anne, tom, claire])
        {
            var invitations = Invitations(mail);
            invitations.ShouldAllBe(i => i.Method == "REQUEST");
            invitations
                .Select(i => i.Events.Single().Uid)
                .ShouldBe(published.Modules.Select(m => $"{m.ModuleId}@stages-de-reussite"), ignoreOrder: true);
        }
        claire.TextBody!.ShouldContain("2 élèves");
        claire.TextBody!.ShouldNotContain("Zoé");
    }

    [Fact]
    public async Task what_one_publication_gives_is_one_message_to_each()
    {
        var (other, french) = (Some.Id(), Some.Id());
        await service.Say(Some.Acknowledged(service.Campaign, id.Zoe, Some.Guardian(Anne)));
        await service.Say(Some.Acknowledged(service.Campaign, id.Leo, Some.Guardian(Anne)) with { PupilFirstName = "Léo" });
        await service.Say(Some.Offer(service.Campaign, id.Offer, Claire));
        // As they come from the broker: side by side.
        var published = await Task.WhenAll(
            service.Say(Some.Published(service.Campaign, id.Stage, id.Offer, Some.Modules(Some.NextMonday), id.Zoe)),
            service.Say(Some.Published(service.Campaign, other, id.Offer, Some.Modules(Some.NextMonday), id.Leo)),
            service.Say(Some.Published(service.Campaign, french, id.Offer, Some.Modules(Some.NextMonday.AddDays(7)), id.Zoe))
        );
        var uids = published.SelectMany(p => p.Modules).Select(m => $"{m.ModuleId}@stages-de-reussite").ToList();

        var places = await service.Mailbox.GetsOne(Anne, "place-offered");
        places.Subject!.ShouldContain("3 places pour");
        Invitations(places).Select(i => i.Events.Single().Uid).ShouldBe(uids, ignoreOrder: true);
        var timetables = await service.Mailbox.GetsOne(Claire, "timetable-published");
        timetables.Subject.ShouldBe("Vos 3 stages");
        Invitations(timetables).Select(i => i.Events.Single().Uid).ShouldBe(uids, ignoreOrder: true);

        using var coordinator = service.Client("coordinator", "camille@example.org");
        // Each place stays a line of its own in the log.
        foreach (var (address, kind) in ((string, string)[])[(Anne, "place-offered"), (Claire, "timetable-published")])
            await Eventually.Is(
                () =>
                    coordinator.GetFromJsonAsync<Page<Log.LoggedDelivery>>(
                        $"/api/notifications?email={address}&kind={kind}&status=sent",
                        NotificationService.Json
                    ),
                log => log!.Items.Select(d => d.StageId).Order().SequenceEqual(published.Select(p => (Guid?)p.StageId).Order())
            );
    }

    [Fact]
    public async Task what_becomes_of_a_place_is_told_after_the_place()
    {
        await service.Say(Some.Acknowledged(service.Campaign, id.Zoe, Some.Guardian(Anne)));
        await service.Say(Some.Offer(service.Campaign, id.Offer, Claire));
        await service.Say(Some.Published(service.Campaign, id.Stage, id.Offer, Some.Modules(Some.NextMonday), id.Zoe));
        await service.Say(new StageCancelled(id.Stage, service.Campaign, 2, "Plus d’enseignant"));
        await service.Mailbox.Gets(Anne, 1, "stage-cancelled");
        var told = service.Mailbox.To(Anne).Select(m => m.Headers["X-Stages-Kind"]).ToList();
        told.IndexOf("place-offered").ShouldBeInRange(0, told.IndexOf("stage-cancelled") - 1);
    }

    [Fact]
    public async Task whoever_enrolled_sees_the_modules_without_being_named_as_guardian()
    {
        var aunt = $"aunt-{id.Zoe}@timetable.example";
        await service.Say(
            Some.Acknowledged(service.Campaign, id.Zoe, Some.Guardian(Anne)) with
            {
                Accounts = [PersonId.FromEmail(Anne), PersonId.FromEmail(aunt)],
            }
        );
        await service.Say(Some.Offer(service.Campaign, id.Offer, Claire));
        var published = Some.Published(service.Campaign, id.Stage, id.Offer, Some.Modules(Some.NextMonday), id.Zoe);
        await service.Say(published);
        await service.Mailbox.Gets(Anne, 1, "place-offered");
        (await Feed("family", aunt)).Events.Count.ShouldBe(published.Modules.Count);
        service.Mailbox.To(aunt).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_stage_that_comes_before_its_families_waits_for_them()
    {
        await service.Say(Some.Published(service.Campaign, id.Stage, id.Offer, Some.Modules(Some.NextMonday), id.Zoe));
        await service.Say(Some.Offer(service.Campaign, id.Offer, Claire));
        await service.Mailbox.Gets(Claire, 1, "offer-declared");
        service.Mailbox.To(Claire).Count.ShouldBe(1);
        await service.Say(Some.Acknowledged(service.Campaign, id.Zoe, Some.Guardian(Anne)));
        await service.Mailbox.Gets(Anne, 1, "place-offered");
        await service.Mailbox.Gets(Claire, 1, "timetable-published");
    }

    [Fact]
    public async Task a_moved_and_a_removed_module_replace_what_stands_in_calendars()
    {
        var published = await Publish();
        var (first, second, third) = (published.Modules[0], published.Modules[1], published.Modules[2]);
        var moved = Some.Module(Some.NextMonday.AddDays(3), new(11, 15), sequence: 1, id: first.ModuleId);
        await service.Say(Some.Changed(published, 2, [moved, third]));

        foreach (var address in (string[])[Anne, Tom, Claire])
        {
            var mail = (await service.Mailbox.Gets(address, 1, "stage-changed")).ShouldHaveSingleItem();
            var invitations = Invitations(mail);
            invitations.Count.ShouldBe(3);
            // The one that stays where it was is the second of two now, no more the third of three.
            invitations.Where(i => i.Method == "REQUEST").ShouldAllBe(i => i.Events.Single().Sequence == 1);
            var cancelled = invitations.Single(i => i.Method == "CANCEL").Events.Single();
            cancelled.Uid.ShouldStartWith(second.ModuleId.ToString());
            cancelled.Sequence.ShouldBe(1);
        }
        foreach (var (role, email) in (IEnumerable<(string, string)>)[("family", Anne), ("teacher", Claire)])
        {
            var feed = await Feed(role, email);
            feed.Events.Count.ShouldBe(3);
            feed.Events.Single(e => e.Uid!.StartsWith(second.ModuleId.ToString(), StringComparison.Ordinal)).Status.ShouldBe("CANCELLED");
            feed.Events.Single(e => e.Uid!.StartsWith(first.ModuleId.ToString(), StringComparison.Ordinal))
                .Start!.AsUtc.ShouldBe(moved.StartsAt.UtcDateTime);
        }
    }

    [Fact]
    public async Task a_pupil_who_leaves_sees_the_stage_cancelled_and_the_sibling_goes_on()
    {
        var published = await Publish();
        await service.Say(Some.Changed(published, 2, enrolments: [id.Leo]));
        Invitations(await service.Mailbox.GetsOne(Tom, "place-ended")).ShouldAllBe(i => i.Method == "CANCEL");
        (await Feed("family", Tom)).Events.ShouldAllBe(e => e.Status == "CANCELLED");
        (await Feed("family", Anne)).Events.ShouldAllBe(e => e.Status == "CONFIRMED" && e.Summary == "Mathématiques – Léo");
        (await service.Mailbox.Gets(Claire, 1, "stage-changed")).ShouldHaveSingleItem().TextBody!.ShouldContain("1 élève");
    }

    [Fact]
    public async Task two_children_of_one_first_name_are_told_apart_in_letters_and_calendars()
    {
        foreach (var (child, family) in new[] { (id.Zoe, "Martin"), (id.Leo, "Dupont") })
        {
            await service.Say(Some.Acknowledged(service.Campaign, child, Some.Guardian(Anne)) with { PupilLastName = family });
            await service.Mailbox.Gets(Anne, child == id.Zoe ? 1 : 2, "enrolment-submitted");
        }
        await service.Say(Some.Offer(service.Campaign, id.Offer, Claire));
        await service.Say(Some.Published(service.Campaign, id.Stage, id.Offer, Some.Modules(Some.NextMonday), id.Zoe));
        (await service.Mailbox.GetsOne(Anne, "place-offered")).Subject.ShouldBe("Une place pour Zoé M. en mathématiques");
        (await Feed("family", Anne)).Events.ShouldAllBe(e => e.Summary == "Mathématiques – Zoé M.");
    }

    [Fact]
    public async Task a_cancelled_stage_is_told_with_its_reason_and_taken_out_of_calendars()
    {
        var published = await Publish();
        await service.Say(new StageCancelled(published.StageId, published.CampaignId, 2, "Trop peu d’élèves"));
        foreach (var address in (string[])[Anne, Tom, Claire])
        {
            var mail = (await service.Mailbox.Gets(address, 1, "stage-cancelled")).ShouldHaveSingleItem();
            mail.TextBody!.ShouldContain("Trop peu d’élèves");
            Invitations(mail).ShouldAllBe(i => i.Method == "CANCEL" && i.Events.Single().Sequence == 1);
        }
        (await Feed("teacher", Claire)).Events.ShouldAllBe(e => e.Status == "CANCELLED");
        await service.Say(Some.Changed(published, 1));
        await service.Settled();
        service.Mailbox.To(Anne).Count(m => m.Headers["X-Stages-Kind"] == "stage-changed").ShouldBe(0);
    }

    [Fact]
    public async Task a_substitute_is_asked_takes_over_and_the_former_teacher_is_freed()
    {
        var published = await Publish();
        var (other, karim) = (Some.Id(), "karim@" + domain);
        await service.Say(Some.Offer(service.Campaign, other, karim, "en"));
        await service.Say(new SubstituteInvited(id.Stage, service.Campaign, other, TimeProvider.System.GetUtcNow().AddDays(1)));
        (await service.Mailbox.Gets(karim, 1, "substitute-invited"))
            .ShouldHaveSingleItem()
            .Subject.ShouldStartWith("Could you take over a stage?");

        await service.Say(Some.Changed(published, 2, offer: other, teacher: "Karim"));
        Invitations(await service.Mailbox.GetsOne(karim, "timetable-published")).Count.ShouldBe(3);
        Invitations(await service.Mailbox.GetsOne(Claire, "stage-taken-over")).ShouldAllBe(i => i.Method == "CANCEL");
        (await service.Mailbox.Gets(Anne, 1, "stage-changed")).ShouldHaveSingleItem().TextBody!.ShouldContain("assuré par Karim");
        (await Feed("teacher", Claire)).Events.ShouldAllBe(e => e.Status == "CANCELLED");
        (await Feed("teacher", karim)).Events.Count(e => e.Status == "CONFIRMED").ShouldBe(3);
    }

    [Fact]
    public async Task waiting_wishes_are_told_once_and_not_at_every_step()
    {
        await service.Say(Some.Acknowledged(service.Campaign, id.Zoe, Some.Guardian(Anne)));
        WishesLeftWaiting Waiting(long version, int position, params string[] subjects) =>
            new(
                id.Zoe,
                service.Campaign,
                version,
                [
                    .. subjects.Select(s => new WishWaiting(
                        s,
                        position,
                        "no-teacher",
                        "Pas d’enseignant.",
                        "No teacher.",
                        ["cocher la semaine B"],
                        ["tick week B"]
                    )),
                ]
            );
        await service.Say(Waiting(1, 4, "MA"));
        var first = (await service.Mailbox.Gets(Anne, 1, "wishes-waiting")).ShouldHaveSingleItem();
        first.TextBody!.ShouldContain("4e sur la liste d’attente");
        await service.Say(Waiting(2, 1, "MA"));
        await service.Settled();
        await service.Say(Waiting(3, 1, "MA", "FR"));
        (await service.Mailbox.Gets(Anne, 2, "wishes-waiting"))[1].TextBody!.ShouldNotContain("Mathématiques");
        service.Mailbox.To(Anne).Count(m => m.Headers["X-Stages-Kind"] == "wishes-waiting").ShouldBe(2);
    }

    [Fact]
    public async Task a_missing_pupil_and_a_missing_teacher_are_told_at_once()
    {
        var module = Some.Module(Some.NextMonday, new(9, 0));
        await Publish([module]);
        await service.Say(new PupilMissing(module.ModuleId, id.Stage, service.Campaign, id.Zoe, TimeProvider.System.GetUtcNow()));
        (await service.Mailbox.Gets(Tom, 1, "pupil-missing")).ShouldHaveSingleItem().TextBody!.ShouldContain($"/seance/{module.ModuleId}");
        var before = service.Mailbox.To("coordination@example.org", "teacher-missing").Count;
        await service.Say(new TeacherMissing(module.ModuleId, id.Stage, service.Campaign, TimeProvider.System.GetUtcNow()));
        (await service.Mailbox.Gets(Claire, 1, "teacher-missing")).ShouldHaveSingleItem().Subject.ShouldBe("Votre groupe vous attend");
        await service.Mailbox.Gets("coordination@example.org", before + 1, "teacher-missing");
    }

    [Fact]
    public async Task the_feed_answers_304_until_something_changes_and_404_once_revoked()
    {
        var published = await Publish();
        using var anne = service.Client("family", Anne);
        var address = (await anne.GetFromJsonAsync<CalendarAddress>("/api/me/calendar", NotificationService.Json))!.Url;
        (await service.Mailbox.GetsOne(Anne, "place-offered")).TextBody!.ShouldContain(address);
        using var anybody = service.Client();
        var path = new Uri(address).AbsolutePath;
        using var first = await anybody.GetAsync(path);
        first.Content.Headers.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");

        async Task<HttpStatusCode> Again()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var answer = await anybody.SendAsync(request);
            return answer.StatusCode;
        }

        (await Again()).ShouldBe(HttpStatusCode.NotModified);
        await service.Say(Some.Changed(published, 2, [.. published.Modules.Skip(1)]));
        await service.Mailbox.Gets(Anne, 1, "stage-changed");
        (await Again()).ShouldBe(HttpStatusCode.OK);

        using var revoked = await anne.PostAsync("/api/me/calendar/revoke", null);
        var renewed = (await revoked.Content.ReadFromJsonAsync<CalendarAddress>(NotificationService.Json))!.Url;
        renewed.ShouldNotBe(address);
        (await anybody.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.GetAsync(new Uri(renewed).AbsolutePath)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_person_can_take_their_data_away_and_have_it_erased()
    {
        var published = await Publish();
        using var portal = service.Client("service", "portal@example.org");
        var person = PersonId.FromEmail(Tom);
        (await portal.GetStringAsync($"/internal/people/{person}")).ShouldContain(Tom);
        (await portal.DeleteAsync($"/internal/people/{person}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await portal.GetStringAsync($"/internal/people/{person}")).ShouldNotContain("tom");
        using var tom = service.Client("family", Tom);
        (await tom.GetAsync($"/internal/people/{person}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var heard = service.Mailbox.To(Tom).Count;
        await service.Say(new StageCancelled(published.StageId, published.CampaignId, 2, "…"));
        await service.Mailbox.Gets(Anne, 1, "stage-cancelled");
        await service.Settled();
        service.Mailbox.To(Tom).Count.ShouldBe(heard);
    }
}
