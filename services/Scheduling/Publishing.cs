using JasperFx.Events;
using Marten;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Offers;
using Contract = Stages.Contracts.Scheduling;

namespace Stages.Scheduling;

/// <summary>What the events of this service say to the others: the whole mapping.</summary>
public static class Publishing
{
    public static async ValueTask<IReadOnlyList<object>> ToContracts(IEvent e, IQuerySession session, CancellationToken cancel) => e.Data switch
    {
        CampaignOpened opened => [Opened(e.StreamId, e.Version, opened.Plan)],
        CampaignChanged changed => [Changed(e.StreamId, e.Version, changed.Plan)],
        CampaignClosed => [Changed(e.StreamId, e.Version, (await session.LoadAsync<Campaign>(e.StreamId, cancel))!.Plan)],
        OfferDeclared declared => await Declared(e, "declared", declared.CampaignId, declared.Terms, declared.At, session, cancel),
        OfferChanged changed => await Declared(e, "changed", (await session.LoadAsync<Offer>(e.StreamId, cancel))!.CampaignId, changed.Terms, changed.At, session, cancel),
        OfferWithdrawn withdrawn => [new Contract.OfferWithdrawn(e.StreamId, (await session.LoadAsync<Offer>(e.StreamId, cancel))!.CampaignId, e.Version, withdrawn.At)],
        _ => [],
    };

    private static Contract.CampaignOpened Opened(Guid id, long version, CampaignPlan p) => new(
        id, version, p.Name, p.Academy, p.Zone, p.TimeZone, Weeks(p), p.SlotStarts, p.ModuleMinutes, p.ClosedDates, p.EnrolmentOpens, p.EnrolmentCloses,
        p.Levels, Subjects(p), Rules(p));

    private static Contract.CampaignChanged Changed(Guid id, long version, CampaignPlan p) => new(
        id, version, p.Name, p.Academy, p.Zone, p.TimeZone, Weeks(p), p.SlotStarts, p.ModuleMinutes, p.ClosedDates, p.EnrolmentOpens, p.EnrolmentCloses,
        p.Levels, Subjects(p), Rules(p));

    private static Contract.CampaignWeek[] Weeks(CampaignPlan p) => [.. p.Weeks.Select(w => new Contract.CampaignWeek(w.Label, w.Monday))];

    private static Contract.CampaignSubject[] Subjects(CampaignPlan p) =>
        [.. p.Subjects.Select(s => new Contract.CampaignSubject(s.Code, s.Name, s.Levels, s.NameEn))];

    private static Contract.CampaignRules Rules(CampaignPlan p) => new(
        p.Rules.GroupMin, p.Rules.GroupMax, p.Rules.ModulesMin, p.Rules.ModulesMax, p.Rules.ModulesPerDayMax, p.Rules.SingleWeek);

    /// <summary>Nobody is told of an offer whose teacher asked to be forgotten before the message left.</summary>
    private static async Task<IReadOnlyList<object>> Declared(
        IEvent e, string what, Guid campaign, OfferTerms terms, DateTimeOffset at, IQuerySession session, CancellationToken cancel) =>
        await session.LoadAsync<OfferTeacher>(e.StreamId, cancel) is not { } teacher
            ? []
            : [new Contract.OfferDeclared(
                e.StreamId, campaign, e.Version, what, teacher.PersonId, teacher.Name, teacher.Email, teacher.Phone, teacher.Language,
                [.. terms.Teaches.Select(t => t.Subject).Distinct(StringComparer.Ordinal)], at)];
}
