using JasperFx.Events;
using Stages.Scheduling.Offers;
using Contract = Stages.Contracts.Scheduling;

namespace Stages.Scheduling;

/// <summary>What the events of this service say to the others: the whole mapping.</summary>
public static class Publishing
{
    public static async ValueTask<IReadOnlyList<object>> ToContracts(IEvent e, IQuerySession session, CancellationToken cancel) =>
        e.Data switch
        {
            CampaignOpened opened => [await Stated(e, opened.Plan, session, cancel)],
            CampaignChanged changed => [(await Stated(e, changed.Plan, session, cancel)).AsChanged()],
            CampaignClosed or SeedRevealed => [(await Stated(e, plan: null, session, cancel)).AsChanged()],
            OfferDeclared declared => await Declared(
                e,
                "declared",
                declared.CampaignId,
                declared.Terms,
                declared.At,
                declared.By,
                session,
                cancel
            ),
            OfferChanged changed => await Declared(
                e,
                "changed",
                (await session.LoadAsync<Offer>(e.StreamId, cancel))!.CampaignId,
                changed.Terms,
                changed.At,
                changed.By,
                session,
                cancel
            ),
            OfferForgotten =>
            [
                new Contract.OfferForgotten(e.StreamId, (await session.LoadAsync<Offer>(e.StreamId, cancel))!.CampaignId, e.Version),
            ],
            OfferWithdrawn withdrawn =>
            [
                new Contract.OfferWithdrawn(
                    e.StreamId,
                    (await session.LoadAsync<Offer>(e.StreamId, cancel))!.CampaignId,
                    e.Version,
                    withdrawn.At
                ),
            ],
            TeacherAccepted { Waited: true } accepted =>
            [
                await Answered(e, accepted.OfferId, "accepted", null, accepted.At, session, cancel),
            ],
            TeacherRefused refused => [await Answered(e, refused.OfferId, "refused", refused.Reason, refused.At, session, cancel)],
            TeachersFoundWaiting found => [Waiting(found)],
            StagePublished => [await Stated(e, await At(e, session, cancel), session, cancel)],
            StageMoved or PupilLeft or SeatOffered or TeacherReplaced or TeacherLeft => await Changed(e, session, cancel),
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
    private static Contract.TeachersWaiting Waiting(TeachersFoundWaiting found) =>
        new(
            found.CampaignId,
            found.Count,
            found.Since,
            found.At,
            found.Places?.Select(p => new Contract.TeachersWaitingAt(p.School, p.Count)).ToList()
        );

    private static async Task<Stage> At(IEvent e, IQuerySession session, CancellationToken cancel) =>
        await session.Events.AggregateStreamAsync<Stage>(e.StreamId, e.Version, token: cancel)
        ?? throw new InvalidOperationException($"Stage {e.StreamId} has no events.");

    /// <summary>Before its publication a stage is nobody's business.</summary>
    private static async Task<IReadOnlyList<object>> Changed(IEvent e, IQuerySession session, CancellationToken cancel)
    {
        var stage = await At(e, session, cancel);
        if (stage.Status != StageStatus.Published)
            return [];
        var gone = e.Data is PupilLeft left ? new[] { new Contract.PupilGone(left.EnrolmentId, left.Why) } : null;
        return [(await Stated(e, stage, session, cancel)).AsChanged() with { Gone = gone }];
    }

    private static async Task<IReadOnlyList<object>> Cancelled(IEvent e, string reason, IQuerySession session, CancellationToken cancel)
    {
        var stage = await At(e, session, cancel);
        return stage.WasPublished ? [new Contract.StageCancelled(stage.Id, stage.CampaignId, e.Version, reason)] : [];
    }

    /// <summary>The whole stage, with what stands elsewhere: the campaign's calendar and the teacher.</summary>
    private static async Task<Contract.StagePublished> Stated(IEvent e, Stage stage, IQuerySession session, CancellationToken cancel)
    {
        var plan = (await session.LoadAsync<Campaign>(stage.CampaignId, cancel))!.Plan;
        var offer = await session.LoadAsync<Offer>(stage.OfferId, cancel);
        var teacher = await session.LoadAsync<OfferTeacher>(stage.OfferId, cancel);
        return new Contract.StagePublished(
            stage.Id,
            stage.CampaignId,
            e.Version,
            stage.Subject,
            stage.Levels,
            stage.Week,
            plan.TimeZone,
            stage.OfferId,
            !stage.TeacherGone && offer is { PersonId: var id } && id != Guid.Empty ? id : null,
            stage.TeacherGone ? "" : teacher?.FirstName ?? "",
            [.. stage.Modules.OrderBy(m => m.Slot).Select(m => ModuleOf(plan, stage, m))],
            [.. stage.Seats.Select(s => new Contract.PupilPlaced(s.EnrolmentId, stage.Subject, s.SchoolUai, s.AnswerBefore))],
            stage.TeacherGone
        );
    }

    private static Contract.ModuleSet ModuleOf(CampaignPlan plan, Stage stage, Module module)
    {
        var time = ModuleTime.Of(plan, stage.Week, module.Slot);
        return new Contract.ModuleSet(module.Id, time.Date, time.Start, time.End, time.StartsAt, time.EndsAt, module.Sequence);
    }

    /// <param name="plan">As the event has it; null: as it stands.</param>
    private static async Task<Contract.CampaignOpened> Stated(IEvent e, CampaignPlan? plan, IQuerySession session, CancellationToken cancel)
    {
        var campaign = (await session.LoadAsync<Campaign>(e.StreamId, cancel))!;
        var p = plan ?? campaign.Plan;
        var lot = campaign.Seed is { } seed
            ? new Contract.CampaignLot(Lot.Seal(seed), campaign.SeedRevealedAt is null ? null : seed, campaign.SeedRevealedAt)
            : null;
        return new Contract.CampaignOpened(
            e.StreamId,
            e.Version,
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
            Rules(p),
            lot
        );
    }

    private static Contract.CampaignWeek[] Weeks(CampaignPlan p) => [.. p.Weeks.Select(w => new Contract.CampaignWeek(w.Label, w.Monday))];

    private static Contract.CampaignSubject[] Subjects(CampaignPlan p) =>
        [.. p.Subjects.Select(s => new Contract.CampaignSubject(s.Code, s.Name, s.Levels, s.NameEn))];

    private static Contract.CampaignRules Rules(CampaignPlan p) =>
        new(p.Rules.GroupMin, p.Rules.GroupMax, p.Rules.ModulesMin, p.Rules.ModulesMax, p.Rules.ModulesPerDayMax, p.Rules.SingleWeek);

    private static async Task<Contract.TeacherAnswered> Answered(
        IEvent e,
        Guid offer,
        string answer,
        string? reason,
        DateTimeOffset at,
        IQuerySession session,
        CancellationToken cancel
    ) => new(offer, (await session.LoadAsync<Offer>(offer, cancel))!.CampaignId, e.Version, answer, reason, at);

    /// <summary>Nobody is told of an offer whose teacher asked to be forgotten before the message left.</summary>
    private static async Task<IReadOnlyList<object>> Declared(
        IEvent e,
        string what,
        Guid campaign,
        OfferTerms terms,
        DateTimeOffset at,
        Actor by,
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
                    at,
                    Waiting: await session.LoadAsync<Offer>(e.StreamId, cancel) is { Acceptance: Acceptance.Waiting },
                    By: by.Role == Roles.Teacher && by.Id != Guid.Empty ? by.Id : null
                ),
            ];
}
