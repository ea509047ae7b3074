using JasperFx.Events;
using Marten;
using Stages.ServiceDefaults;
using Stages.Vocabulary;
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
            EnrolmentSubmitted d => Said(e, d.CampaignId, d.Content, d.Priority, d.At, d.By, d.At),
            EnrolmentChanged d => await Changed(e, d, session, cancel),
            EnrolmentWithdrawn d => await Withdrawn(e, d, session, cancel),
            PlacementConfirmed d =>
            [
                new Contract.PlacementConfirmed(e.StreamId, await CampaignOf(e, session, cancel), d.StageId, d.Subject),
            ],
            PlacementDeclined d => [new Contract.PlacementDeclined(e.StreamId, await CampaignOf(e, session, cancel), d.StageId, d.Subject)],
            EnrolmentErased => await Erased(e, session, cancel),
            _ => [],
        };

    private static object[] Said(
        IEvent e,
        Guid campaignId,
        EnrolmentContent c,
        int priority,
        DateTimeOffset enrolledAt,
        Author by,
        DateTimeOffset at
    )
    {
        var (weeks, siblings, wishes) = (Weeks(c), Siblings(c), Wishes(c));
        return
        [
            e.Version == 1
                ? new Contract.EnrolmentSubmitted(
                    e.StreamId,
                    campaignId,
                    e.Version,
                    c.Pupil.Level,
                    c.Pupil.SchoolUai,
                    priority,
                    enrolledAt,
                    weeks,
                    siblings,
                    wishes
                )
                : new Contract.EnrolmentChanged(
                    e.StreamId,
                    campaignId,
                    e.Version,
                    c.Pupil.Level,
                    c.Pupil.SchoolUai,
                    priority,
                    enrolledAt,
                    weeks,
                    siblings,
                    wishes
                ),
            Acknowledged(e, campaignId, c, e.Version == 1 ? "submitted" : "changed", at, by),
            new Contract.EnrolmentFamily(e.StreamId, campaignId, e.Version, c.Pupil.FirstName, Accounts(c, by)),
        ];
    }

    private static async Task<IReadOnlyList<object>> Changed(IEvent e, EnrolmentChanged d, IQuerySession session, CancellationToken cancel)
    {
        var state = await State(e, session, cancel);
        return Said(e, state.CampaignId, d.Content, d.Priority, state.SubmittedAt, SubmitterOf(state) ?? d.By, d.At);
    }

    private static Author? SubmitterOf(Enrolment state) => state.Submitter is { } id ? new Author(id, Roles.Family) : null;

    private static async Task<IReadOnlyList<object>> Withdrawn(
        IEvent e,
        EnrolmentWithdrawn d,
        IQuerySession session,
        CancellationToken cancel
    )
    {
        var state = await State(e, session, cancel);
        return
        [
            new Contract.EnrolmentWithdrawn(e.StreamId, state.CampaignId, e.Version),
            Acknowledged(e, state.CampaignId, state.Content, "withdrawn", d.At, SubmitterOf(state) ?? d.By),
            new Contract.EnrolmentFamily(e.StreamId, state.CampaignId, e.Version, "", []),
        ];
    }

    private static async Task<IReadOnlyList<object>> Erased(IEvent e, IQuerySession session, CancellationToken cancel)
    {
        var campaign = await CampaignOf(e, session, cancel);
        return
        [
            new Contract.EnrolmentErased(e.StreamId, campaign, e.Version),
            new Contract.EnrolmentFamily(e.StreamId, campaign, e.Version, "", []),
        ];
    }

    private static Contract.EnrolmentAcknowledged Acknowledged(
        IEvent e,
        Guid campaignId,
        EnrolmentContent c,
        string what,
        DateTimeOffset at,
        Author by
    ) =>
        new(
            e.StreamId,
            campaignId,
            e.Version,
            what,
            c.Pupil.FirstName,
            c.Pupil.Level,
            Wishes(c),
            [.. c.Guardians.Select(g => new Contract.GuardianToTell(AccountOf(g), g.Name, g.Email, g.Phone, g.Language))],
            at,
            c.Pupil.SchoolUai,
            Accounts(c, by)
        );

    private static Guid? AccountOf(Guardian g) =>
        g.Email is { } email ? PersonId.FromEmail(email)
        : g.Phone is { } phone ? PersonId.FromPhone(phone)
        : null;

    private static Guid[] Accounts(EnrolmentContent c, Author by) =>
        [
            .. c
                .Guardians.SelectMany(g => new[] { AccountOf(g), g.Phone is { } p ? PersonId.FromPhone(p) : null })
                .Append(by.Role == Roles.Family ? by.Id : null)
                .OfType<Guid>()
                .Distinct(),
        ];

    private static Contract.WishMade[] Wishes(EnrolmentContent c) => [.. c.Wishes.Select(w => new Contract.WishMade(w.Subject, w.Rank))];

    private static Contract.WeekChoice[] Weeks(EnrolmentContent c) =>
        [.. c.Weeks.Select(w => new Contract.WeekChoice(w.Label, w.Preference, c.Slots.GetValueOrDefault(w.Label, [])))];

    /// <summary>Siblings are those whose first guardian is the same account and asks for one week.</summary>
    private static Guid? Siblings(EnrolmentContent c) => c.SiblingsTogether && c.Guardians.Length > 0 ? AccountOf(c.Guardians[0]) : null;

    private static async Task<Guid> CampaignOf(IEvent e, IQuerySession session, CancellationToken cancel) =>
        (await State(e, session, cancel)).CampaignId;

    private static async Task<Enrolment> State(IEvent e, IQuerySession session, CancellationToken cancel) =>
        await session.LoadAsync<Enrolment>(e.StreamId, cancel)
        ?? throw new InvalidOperationException($"Enrolment {e.StreamId} has events but no state.");
}
