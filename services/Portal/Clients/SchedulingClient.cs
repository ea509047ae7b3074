namespace Stages.Portal.Clients;

/// <summary>Campaigns, offers, pairings and stages.</summary>
public sealed class SchedulingClient(HttpClient http, PublicFacts known) : ServiceClient(http)
{
    public Task<Answer<Page<CampaignView>>> Campaigns(CancellationToken cancel) =>
        known.Remember(PublicFacts.Campaigns, () => Get<Page<CampaignView>>("api/campaigns", default), cancel);

    /// <summary>The list, which is some seconds old, and those of these that it has not got yet.</summary>
    public async Task<IReadOnlyList<CampaignView>> CampaignsWith(IEnumerable<Guid> named, CancellationToken cancel)
    {
        var listed = (await Campaigns(cancel)).Value?.Items ?? [];
        var missing = named.Distinct().Where(id => listed.All(c => c.Id != id)).Take(5).Select(id => CampaignNow(id, cancel));
        return [.. listed, .. (await Task.WhenAll(missing)).Select(a => a.Value).OfType<CampaignView>()];
    }

    /// <summary>
    /// The list as it stands this instant, and those of these that lie beyond it: for the few whose work begins where somebody else has
    /// just opened a campaign.
    /// </summary>
    public async Task<Answer<Page<CampaignView>>> CampaignsNow(IEnumerable<Guid> named, CancellationToken cancel)
    {
        var answer = await Get<Page<CampaignView>>("api/campaigns", cancel);
        if (answer.Value is not { Items: var listed })
            return new(null, answer.Problem);
        var missing = named.Distinct().Where(id => listed.All(c => c.Id != id)).Take(5).Select(id => Campaign(id, cancel));
        return new(new([.. listed, .. (await Task.WhenAll(missing)).Select(a => a.Value).OfType<CampaignView>()], null), null);
    }

    public Task<Answer<CampaignView>> Campaign(Guid id, CancellationToken cancel) =>
        known.Remember($"campaign-{id}", () => Get<CampaignView>($"api/campaigns/{id}", default), cancel);

    /// <summary>School holidays that begin in that year.</summary>
    public Task<Answer<CalendarView>> Holidays(string zone, int year, CancellationToken cancel) =>
        known.Remember(
            string.Create(CultureInfo.InvariantCulture, $"holidays-{zone}-{year}"),
            () => Get<CalendarView>(string.Create(CultureInfo.InvariantCulture, $"api/holidays?zone={zone}&year={year}"), default),
            cancel
        );

    public async Task<Answer<CampaignView>> Open(CampaignForm campaign, string once, CancellationToken cancel)
    {
        var answer = await Post<CampaignView>("api/campaigns", campaign, once, cancel);
        await known.Forget(PublicFacts.Campaigns);
        return answer;
    }

    public async Task<Answer<CampaignView>> Change(Guid id, CampaignForm campaign, string ifMatch, CancellationToken cancel)
    {
        var answer = await Send<CampaignView>(HttpMethod.Put, $"api/campaigns/{id}", campaign, null, ifMatch, cancel);
        await known.Forget(PublicFacts.Campaigns);
        await known.Forget($"campaign-{id}");
        return answer;
    }

    public async Task<Answer<CampaignView>> Close(Guid id, CancellationToken cancel)
    {
        var answer = await Post<CampaignView>($"api/campaigns/{id}/close", null, null, cancel);
        await known.Forget(PublicFacts.Campaigns);
        await known.Forget($"campaign-{id}");
        return answer;
    }

    /// <summary>As it stands this instant, for who changes it.</summary>
    public Task<Answer<CampaignView>> CampaignNow(Guid id, CancellationToken cancel) => Get<CampaignView>($"api/campaigns/{id}", cancel);

    public Task<Answer<Page<OfferView>>> MyOffers(CancellationToken cancel) => Get<Page<OfferView>>("api/me/offers", cancel);

    public Task<Answer<OfferView>> Offer(Guid id, CancellationToken cancel) => Get<OfferView>($"api/offers/{id}", cancel);

    public Task<Answer<OfferView>> Declare(Guid campaign, OfferForm body, string once, CancellationToken cancel) =>
        Post<OfferView>($"api/campaigns/{campaign}/offers", body, once, cancel);

    public Task<Answer<OfferView>> Change(Guid id, OfferForm body, string ifMatch, CancellationToken cancel) =>
        Send<OfferView>(HttpMethod.Put, $"api/offers/{id}", body, null, ifMatch, cancel);

    public Task<Answer<OfferView>> WithdrawOffer(Guid id, CancellationToken cancel) =>
        Post<OfferView>($"api/offers/{id}/withdraw", null, null, cancel);

    /// <summary>The person behind an offer, for whatever else they offer too.</summary>
    public Task<Answer<OfferView>> Accept(Guid offer, AcceptTeacher why, CancellationToken cancel) =>
        Post<OfferView>($"api/offers/{offer}/accept", why, null, cancel);

    public Task<Answer<OfferView>> Refuse(Guid offer, RefuseTeacher why, CancellationToken cancel) =>
        Post<OfferView>($"api/offers/{offer}/refuse", why, null, cancel);

    public Task<Answer<Page<TaughtModule>>> MyModules(CancellationToken cancel) => Get<Page<TaughtModule>>("api/me/modules", cancel);

    public Task<Answer<Page<InvitationView>>> MyInvitations(CancellationToken cancel) =>
        Get<Page<InvitationView>>("api/me/invitations", cancel);

    /// <param name="verb"><c>accept</c> or <c>decline</c>.</param>
    public Task<Answer<Nothing>> AnswerInvitation(Guid stage, Guid offer, string verb, CancellationToken cancel) =>
        Post<Nothing>($"api/stages/{stage}/substitutes/{offer}/{verb}", null, null, cancel);

    public Task<Answer<DemandView>> Demand(Guid campaign, CancellationToken cancel) =>
        Get<DemandView>($"api/campaigns/{campaign}/demand", cancel);

    public Task<Answer<FiguresView>> Figures(Guid campaign, CancellationToken cancel) =>
        known.Remember($"figures-{campaign}", () => Get<FiguresView>($"api/campaigns/{campaign}/figures", default), cancel);

    public Task<Answer<Page<HistoryEntry>>> History(Guid campaign, string? after, string? what, string? who, CancellationToken cancel) =>
        Get<Page<HistoryEntry>>(
            $"api/campaigns/{campaign}/history?limit=100{Set("after", after)}{Set("what", what)}{Set("who", who)}",
            cancel
        );

    public Task<Answer<Sheet<StageView>>> StageTable(Guid campaign, string query, CancellationToken cancel) =>
        Get<Sheet<StageView>>($"api/campaigns/{campaign}/stages{query}", cancel);

    public Task<Answer<Sheet<OfferView>>> OfferTable(Guid campaign, string query, CancellationToken cancel) =>
        Get<Sheet<OfferView>>($"api/campaigns/{campaign}/offers{query}", cancel);

    public Task<Answer<Sheet<UnplacedWishView>>> Unplaced(Guid campaign, string query, CancellationToken cancel) =>
        Get<Sheet<UnplacedWishView>>($"api/campaigns/{campaign}/unplaced{query}", cancel);

    public Task<Answer<Page<PlaceView>>> PlacesFor(Guid campaign, Guid enrolment, string subject, CancellationToken cancel) =>
        Get<Page<PlaceView>>(
            $"api/campaigns/{campaign}/recommendations/places?enrolmentId={enrolment}&subject={Uri.EscapeDataString(subject)}",
            cancel
        );

    public Task<Answer<Page<VolunteerView>>> Volunteers(Guid campaign, CancellationToken cancel) =>
        Get<Page<VolunteerView>>($"api/campaigns/{campaign}/recommendations/volunteers", cancel);

    public Task<Answer<PublicationPreview>> PublicationPreview(Guid campaign, CancellationToken cancel) =>
        Get<PublicationPreview>($"api/campaigns/{campaign}/publish/preview", cancel);

    /// <summary>One more pupil into a stage as it was read.</summary>
    public Task<Answer<Nothing>> Seat(StageView stage, Guid enrolment, CancellationToken cancel) =>
        Send<Nothing>(
            HttpMethod.Put,
            $"api/stages/{stage.Id}",
            new MoveStage
            {
                Pupils = [.. stage.Pupils.Select(p => new PupilForm(p.EnrolmentId, p.Wish)), new PupilForm(enrolment, stage.Subject)],
            },
            null,
            stage.ETag,
            cancel
        );

    private static string Set(string name, string? value) =>
        string.IsNullOrWhiteSpace(value) ? "" : $"&{name}={Uri.EscapeDataString(value.Trim())}";

    public Task<Answer<Page<OfferView>>> Offers(Guid campaign, string query, CancellationToken cancel) =>
        Get<Page<OfferView>>($"api/campaigns/{campaign}/offers{query}", cancel);

    public Task<Answer<Page<RunView>>> Runs(Guid campaign, CancellationToken cancel) =>
        Get<Page<RunView>>($"api/campaigns/{campaign}/pairings?limit=20", cancel);

    public Task<Answer<RunView>> Run(Guid id, bool summary, CancellationToken cancel) =>
        Get<RunView>($"api/pairings/{id}{(summary ? "?summary=true" : "")}", cancel);

    public Task<Answer<RunView>> Pair(Guid campaign, RequestPairing request, string once, CancellationToken cancel) =>
        Post<RunView>($"api/campaigns/{campaign}/pairings", request, once, cancel);

    public Task<Answer<RunView>> CancelRun(Guid id, CancellationToken cancel) =>
        Send<RunView>(HttpMethod.Delete, $"api/pairings/{id}", null, null, null, cancel);

    public Task<Answer<Nothing>> Adopt(Guid run, CancellationToken cancel) =>
        Post<Nothing>($"api/pairings/{run}/adopt", null, null, cancel);

    public Task<Answer<Page<StageView>>> Stages(Guid campaign, string query, CancellationToken cancel) =>
        Get<Page<StageView>>($"api/campaigns/{campaign}/stages{query}", cancel);

    public Task<Answer<StageView>> Stage(Guid id, CancellationToken cancel) => Get<StageView>($"api/stages/{id}", cancel);

    public Task<Answer<StageView>> Approve(Guid stage, CancellationToken cancel) =>
        Post<StageView>($"api/stages/{stage}/approve", null, null, cancel);

    public Task<Answer<StageView>> Reject(Guid stage, string reason, CancellationToken cancel) =>
        Post<StageView>($"api/stages/{stage}/reject", new RejectStage(reason), null, cancel);

    public Task<Answer<StageView>> Pin(Guid stage, bool pinned, CancellationToken cancel) =>
        Post<StageView>($"api/stages/{stage}/{(pinned ? "pin" : "unpin")}", null, null, cancel);

    public Task<Answer<SubstitutesView>> Substitutes(Guid stage, CancellationToken cancel) =>
        Get<SubstitutesView>($"api/stages/{stage}/substitutes", cancel);

    public Task<Answer<Nothing>> Invite(Guid stage, Guid? offer, CancellationToken cancel) =>
        Post<Nothing>($"api/stages/{stage}/substitutes", new InviteSubstitute(offer), null, cancel);

    /// <param name="ids">Null: every draft in the coordinator's territory.</param>
    public Task<Answer<ApprovedView>> ApproveMany(Guid campaign, IReadOnlyList<Guid>? ids, CancellationToken cancel) =>
        Post<ApprovedView>($"api/campaigns/{campaign}/stages/approve", new ApproveStages(ids), null, cancel);

    public Task<Answer<PublishedView>> Publish(Guid campaign, string once, CancellationToken cancel) =>
        Post<PublishedView>($"api/campaigns/{campaign}/publish", null, once, cancel);
}
