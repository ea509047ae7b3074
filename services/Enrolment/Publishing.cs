using JasperFx.Events;
using Contract = Stages.Contracts.Enrolment;

namespace Stages.Enrolments;

/// <summary>
/// What this service's events say to the others. Scheduling gets no name, Notification the addresses, Classroom the accounts.
/// </summary>
public static class Publishing
{
    public static async ValueTask<IReadOnlyList<object>> ToContracts(IEvent e, IQuerySession session, CancellationToken cancel) =>
        e.Data switch
        {
            EnrolmentSubmitted d => Submitted(e, d),
            EnrolmentChanged d => Changed(e, d, await State(e, session, cancel)),
            EnrolmentWithdrawn d => Withdrawn(e, d, await State(e, session, cancel)),
            EnrolmentsMerged d => Merged(e, d, await State(e, session, cancel)),
            EnrolmentMergedInto d => MergedInto(e, d, await State(e, session, cancel)),
            PlacementConfirmed d =>
            [
                new Contract.PlacementConfirmed(e.StreamId, await CampaignOf(e, session, cancel), d.StageId, d.Subject),
            ],
            PlacementDeclined d => Declined(e, d, await State(e, session, cancel)),
            GuardianObjected d => Objected(e, d, await State(e, session, cancel)),
            GuardianForgotten d => GuardianForgotten(e, d, await State(e, session, cancel)),
            EnrolmentErased => Erased(e, await CampaignOf(e, session, cancel)),
            _ => [],
        };

    private static object[] Submitted(IEvent e, EnrolmentSubmitted d) =>
        [
            Stated(e, d.CampaignId, d.Content, d.Priority, d.At),
            Acknowledged(e, d.CampaignId, d.Content, "submitted", d.At, Family.SubmitterOf(d.By), d.By),
            FamilyOf(e, d.CampaignId, d.Content, Family.SubmitterOf(d.By)),
        ];

    private static object[] Declined(IEvent e, PlacementDeclined d, Enrolment state) =>
        [
            new Contract.PlacementDeclined(e.StreamId, state.CampaignId, d.StageId, d.Subject),
            Restated(e, state, state.Content, state.Priority),
            Acknowledged(e, state.CampaignId, Wishing(state.Content, d.Subject), "declined", d.At, state.Submitter, d.By),
        ];

    private static object[] Objected(IEvent e, GuardianObjected d, Enrolment state) =>
        [new Contract.GuardianObjected(e.StreamId, state.CampaignId, state.Content.Pupil.SchoolUai, d.At)];

    /// <summary>Scheduling learns it too: siblings are told by the account of their first guardian.</summary>
    private static object[] GuardianForgotten(IEvent e, GuardianForgotten d, Enrolment state) =>
        state.Status switch
        {
            // Of one that ended in another, whoever is left hears by that one.
            Enrolment.Erased or Enrolment.Joint => [],
            Enrolment.Withdrawn => [Acknowledged(e, state.CampaignId, d.Content, "guardian-left", d.At, d.Submitter)],
            _ =>
            [
                Restated(e, state, d.Content, state.Priority),
                Acknowledged(e, state.CampaignId, d.Content, "guardian-left", d.At, d.Submitter, joined: d.Joined),
                FamilyOf(e, state.CampaignId, d.Content, d.Submitter, d.Joined),
            ],
        };

    private static object[] Changed(IEvent e, EnrolmentChanged d, Enrolment state) =>
        [
            Restated(e, state, d.Content, d.Priority),
            Acknowledged(e, state.CampaignId, d.Content, "changed", d.At, state.Submitter ?? Family.SubmitterOf(d.By), d.By, state.Joined),
            FamilyOf(e, state.CampaignId, d.Content, state.Submitter ?? Family.SubmitterOf(d.By), state.Joined),
        ];

    /// <summary>Everybody of both is told once, by the one that stays.</summary>
    private static object[] Merged(IEvent e, EnrolmentsMerged d, Enrolment state) =>
        [
            Restated(e, state, d.Content, d.Priority),
            Acknowledged(e, state.CampaignId, d.Content, "merged", d.At, state.Submitter, d.By, d.Joined),
            FamilyOf(e, state.CampaignId, d.Content, state.Submitter, d.Joined),
        ];

    /// <summary>It asks for nothing any more, and nobody is told anything by it.</summary>
    private static object[] MergedInto(IEvent e, EnrolmentMergedInto d, Enrolment state) =>
        [
            new Contract.EnrolmentWithdrawn(e.StreamId, state.CampaignId, e.Version, d.Into),
            Acknowledged(e, state.CampaignId, state.Content with { Guardians = [] }, "merged-into", d.At, null, d.By),
            new Contract.EnrolmentFamily(e.StreamId, state.CampaignId, e.Version, "", []),
        ];

    // A wish that the family gave up is no wish to any reader: nobody queues it, pairs it or offers it a place.
    private static Contract.EnrolmentChanged Restated(IEvent e, Enrolment state, EnrolmentContent c, int priority) =>
        Stated(e, state.CampaignId, c with { Wishes = state.StandingWishes(c) }, priority, state.SubmittedAt).AsChanged();

    private static Contract.EnrolmentSubmitted Stated(IEvent e, Guid campaign, EnrolmentContent c, int priority, DateTimeOffset since) =>
        new(
            e.StreamId,
            campaign,
            e.Version,
            c.Pupil.Level,
            c.Pupil.SchoolUai,
            priority,
            since,
            Weeks(c),
            Family.SiblingGroupOf(c),
            Wishes(c),
            Family.RuleOf(c),
            Family.ChildOf(c)
        );

    private static object[] Withdrawn(IEvent e, EnrolmentWithdrawn d, Enrolment state) =>
        [
            new Contract.EnrolmentWithdrawn(e.StreamId, state.CampaignId, e.Version),
            Acknowledged(e, state.CampaignId, state.Content, "withdrawn", d.At, state.Submitter ?? Family.SubmitterOf(d.By), d.By),
            new Contract.EnrolmentFamily(e.StreamId, state.CampaignId, e.Version, "", []),
        ];

    private static object[] Erased(IEvent e, Guid campaign) =>
        [
            new Contract.EnrolmentErased(e.StreamId, campaign, e.Version),
            new Contract.EnrolmentFamily(e.StreamId, campaign, e.Version, "", [], Erased: true),
        ];

    private static EnrolmentContent Wishing(EnrolmentContent c, string subject) =>
        c with
        {
            Wishes = [.. c.Wishes.Where(w => w.Subject == subject)],
        };

    private static Contract.EnrolmentFamily FamilyOf(IEvent e, Guid campaign, EnrolmentContent c, Guid? submitter, Guid[]? joined = null) =>
        new(
            e.StreamId,
            campaign,
            e.Version,
            c.Pupil.FirstName,
            Family.AccountsOf(c, submitter, joined),
            Initial: Texts.Find<NameText>(c.Pupil.LastName)?.Initial
        );

    private static Contract.EnrolmentAcknowledged Acknowledged(
        IEvent e,
        Guid campaignId,
        EnrolmentContent c,
        string what,
        DateTimeOffset at,
        Guid? submitter,
        Author? by = null,
        Guid[]? joined = null
    ) =>
        new(
            e.StreamId,
            campaignId,
            e.Version,
            what,
            c.Pupil.FirstName,
            c.Pupil.Level,
            Wishes(c),
            [.. c.Guardians.Select(g => new Contract.GuardianToTell(Family.AccountOf(g), g.Name, g.Email, g.Phone, g.Language))],
            at,
            c.Pupil.SchoolUai,
            Family.AccountsOf(c, submitter, joined),
            by is null ? null : Family.SubmitterOf(by),
            c.Pupil.LastName
        );

    private static Contract.WishMade[] Wishes(EnrolmentContent c) => [.. c.Wishes.Select(w => new Contract.WishMade(w.Subject, w.Rank))];

    private static Contract.WeekChoice[] Weeks(EnrolmentContent c) =>
        [.. c.Weeks.Select(w => new Contract.WeekChoice(w.Label, w.Preference, c.Slots.GetValueOrDefault(w.Label, [])))];

    private static async Task<Guid> CampaignOf(IEvent e, IQuerySession session, CancellationToken cancel) =>
        (await State(e, session, cancel)).CampaignId;

    private static async Task<Enrolment> State(IEvent e, IQuerySession session, CancellationToken cancel) =>
        await session.LoadAsync<Enrolment>(e.StreamId, cancel)
        ?? throw new InvalidOperationException($"Enrolment {e.StreamId} has events but no state.");
}
