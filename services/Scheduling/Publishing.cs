using JasperFx.Events;
using Marten;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Timetables;
using Contract = Stages.Contracts.Scheduling;

namespace Stages.Scheduling;

/// <summary>What the events of this service say to the others: the whole mapping.</summary>
public static class Publishing
{
    public static async ValueTask<IReadOnlyList<object>> ToContracts(IEvent e, IQuerySession session, CancellationToken cancel) =>
        e.Data switch
        {
            CampaignOpened opened => [Opened(e.StreamId, e.Version, opened.Plan)],
            CampaignChanged changed => [Changed(e.StreamId, e.Version, changed.Plan)],
            CampaignClosed => [Changed(e.StreamId, e.Version, (await session.LoadAsync<Campaign>(e.StreamId, cancel))!.Plan)],
            OfferDeclared declared => await Declared(e, "declared", declared.CampaignId, declared.Terms, declared.At, session, cancel),
            OfferChanged changed => await Declared(
                e,
                "changed",
                (await session.LoadAsync<Offer>(e.StreamId, cancel))!.CampaignId,
                changed.Terms,
                changed.At,
                session,
                cancel
            ),
            OfferWithdrawn withdrawn =>
            [
                new Contract.OfferWithdrawn(
                    e.StreamId,
                    (await session.LoadAsync<Offer>(e.StreamId, cancel))!.CampaignId,
                    e.Version,
                    withdrawn.At
                ),
            ],
            StagePublished => [await Published(e, session, cancel)],
            StageMoved or PupilLeft or SeatOffered or TeacherReplaced => await Changed(e, session, cancel),
            StageRejected rejected => await Cancelled(e, rejected.Reason, session, cancel),
            SubstituteInvited invited =>
            [
                new Contract.SubstituteInvited(
                    e.StreamId,
                    (await At(e, session, cancel)).CampaignId,
                    invited.OfferId,
                    invited.AnswerBefore
                ),
            ],
            WishesLeftWaiting left =>
            [
                new Contract.WishesLeftWaiting(
                    left.EnrolmentId,
                    left.CampaignId,
                    e.Version,
                    [
                        .. left.Wishes.Select(w => new Contract.WishWaiting(
                            w.Subject,
                            w.Position,
                            w.Reason,
                            w.TextFr,
                            w.TextEn,
                            w.WouldBePlacedIfFr,
                            w.WouldBePlacedIfEn
                        )),
                    ],
                    left.Tell
                ),
            ],
            _ => [],
        };

    /// <summary>The stage as this event left it: a later one has a message of its own.</summary>
    private static async Task<Stage> At(IEvent e, IQuerySession session, CancellationToken cancel) =>
        await session.Events.AggregateStreamAsync<Stage>(e.StreamId, e.Version, token: cancel)
        ?? throw new InvalidOperationException($"Stage {e.StreamId} has no events.");

    private static async Task<object> Published(IEvent e, IQuerySession session, CancellationToken cancel)
    {
        var (stage, content) = (await At(e, session, cancel), new StageContent());
        await content.Read(stage, session, cancel);
        return new Contract.StagePublished(
            stage.Id,
            stage.CampaignId,
            e.Version,
            stage.Subject,
            stage.Levels,
            stage.Week,
            content.TimeZone,
            stage.OfferId,
            content.TeacherId,
            content.TeacherFirstName,
            content.Modules,
            content.Pupils
        );
    }

    /// <summary>Before its publication a stage is nobody's business.</summary>
    private static async Task<IReadOnlyList<object>> Changed(IEvent e, IQuerySession session, CancellationToken cancel)
    {
        var stage = await At(e, session, cancel);
        if (stage.Status != StageStatus.Published)
            return [];
        var content = new StageContent();
        await content.Read(stage, session, cancel);
        return
        [
            new Contract.StageChanged(
                stage.Id,
                stage.CampaignId,
                e.Version,
                stage.Subject,
                stage.Levels,
                stage.Week,
                content.TimeZone,
                stage.OfferId,
                content.TeacherId,
                content.TeacherFirstName,
                content.Modules,
                content.Pupils
            ),
        ];
    }

    private static async Task<IReadOnlyList<object>> Cancelled(IEvent e, string reason, IQuerySession session, CancellationToken cancel)
    {
        var stage = await At(e, session, cancel);
        return stage.WasPublished ? [new Contract.StageCancelled(stage.Id, stage.CampaignId, e.Version, reason)] : [];
    }

    /// <summary>What a stage's messages need from elsewhere: the campaign's calendar and the teacher.</summary>
    private sealed class StageContent
    {
        public string TimeZone { get; private set; } = "";

        public Guid? TeacherId { get; private set; }

        public string TeacherFirstName { get; private set; } = "";

        public IReadOnlyList<Contract.ModuleSet> Modules { get; private set; } = [];

        public IReadOnlyList<Contract.PupilPlaced> Pupils { get; private set; } = [];

        public async Task Read(Stage stage, IQuerySession session, CancellationToken cancel)
        {
            var plan = (await session.LoadAsync<Campaign>(stage.CampaignId, cancel))!.Plan;
            var offer = await session.LoadAsync<Offer>(stage.OfferId, cancel);
            TimeZone = plan.TimeZone;
            TeacherId = offer?.PersonId;
            TeacherFirstName = (await session.LoadAsync<OfferTeacher>(stage.OfferId, cancel))?.FirstName ?? "";
            Modules =
            [
                .. stage
                    .Modules.OrderBy(m => m.Slot)
                    .Select(m => (m, Time: ModuleTime.Of(plan, stage.Week, m.Slot)))
                    .Select(x => new Contract.ModuleSet(
                        x.m.Id,
                        x.Time.Date,
                        x.Time.Start,
                        x.Time.End,
                        x.Time.StartsAt,
                        x.Time.EndsAt,
                        x.m.Sequence
                    )),
            ];
            Pupils = [.. stage.Seats.Select(s => new Contract.PupilPlaced(s.EnrolmentId, stage.Subject, s.SchoolUai, s.AnswerBefore))];
        }
    }

    private static Contract.CampaignOpened Opened(Guid id, long version, CampaignPlan p) =>
        new(
            id,
            version,
            p.Name,
            p.Academy,
            p.Zone,
            p.TimeZone,
            Weeks(p),
            p.SlotStarts,
            p.ModuleMinutes,
            p.ClosedDates,
            p.EnrolmentOpens,
            p.EnrolmentCloses,
            p.Levels,
            Subjects(p),
            Rules(p)
        );

    private static Contract.CampaignChanged Changed(Guid id, long version, CampaignPlan p) =>
        new(
            id,
            version,
            p.Name,
            p.Academy,
            p.Zone,
            p.TimeZone,
            Weeks(p),
            p.SlotStarts,
            p.ModuleMinutes,
            p.ClosedDates,
            p.EnrolmentOpens,
            p.EnrolmentCloses,
            p.Levels,
            Subjects(p),
            Rules(p)
        );

    private static Contract.CampaignWeek[] Weeks(CampaignPlan p) => [.. p.Weeks.Select(w => new Contract.CampaignWeek(w.Label, w.Monday))];

    private static Contract.CampaignSubject[] Subjects(CampaignPlan p) =>
        [.. p.Subjects.Select(s => new Contract.CampaignSubject(s.Code, s.Name, s.Levels, s.NameEn))];

    private static Contract.CampaignRules Rules(CampaignPlan p) =>
        new(p.Rules.GroupMin, p.Rules.GroupMax, p.Rules.ModulesMin, p.Rules.ModulesMax, p.Rules.ModulesPerDayMax, p.Rules.SingleWeek);

    /// <summary>Nobody is told of an offer whose teacher asked to be forgotten before the message left.</summary>
    private static async Task<IReadOnlyList<object>> Declared(
        IEvent e,
        string what,
        Guid campaign,
        OfferTerms terms,
        DateTimeOffset at,
        IQuerySession session,
        CancellationToken cancel
    ) =>
        await session.LoadAsync<OfferTeacher>(e.StreamId, cancel) is not { } teacher
            ? []
            :
            [
                new Contract.OfferDeclared(
                    e.StreamId,
                    campaign,
                    e.Version,
                    what,
                    teacher.PersonId,
                    teacher.Name,
                    teacher.Email,
                    teacher.Phone,
                    teacher.Language,
                    [.. terms.Teaches.Select(t => t.Subject).Distinct(StringComparer.Ordinal)],
                    at
                ),
            ];
}
