using Marten;
using MassTransit;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Calendars;
using Stages.Notifications.Campaigns;
using Stages.Notifications.Contacts;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;
using Stages.Notifications.Letters.Notices;
using Stages.Notifications.Reminders;
using Stages.ServiceDefaults;

namespace Stages.Notifications.Timetables;

/// <summary>
/// Tells everybody concerned what became of a stage: keeps the stage, its reminders and the calendars of its people, and writes
/// the deliveries, all in the transaction of the message.
/// </summary>
public sealed class StageTelling(Outgoing outgoing, TimeProvider clock)
{
    /// <param name="m">A publication is a change of what was not there.</param>
    public async Task Changed(IDocumentSession session, StageChanged m, ConsumeContext message)
    {
        var cancel = message.CancellationToken;
        var before = await session.LoadAsync<KnownStage>(m.StageId, cancel);
        if (before is not null && before.Version >= m.Version)
            return;
        var campaign = await KnownCampaign.Of(session, m.CampaignId, cancel);
        var after = KnownStage.After(before, m, clock.GetUtcNow());
        var news = StageNews.Of(before, after);
        var contacts = await Families.Contacts(
            session,
            [.. news.Placed, .. news.Left, .. news.Stayed],
            RawMessage.Age(message, clock.GetUtcNow()),
            clock.GetUtcNow(),
            cancel
        );
        var teachers = await Teachers(session, cancel, news.NewTeacher, news.FormerTeacher, news.TellsTeacher ? after.OfferId : null);

        var facts = after.Facts(campaign);
        var told = new Telling(message, clock.GetUtcNow());
        var placed = Families.Of(news.Placed, contacts, m.StageId);
        var newTeacher = news.NewTeacher is { } offer ? teachers[offer].Teacher : null;
        var feeds = await PersonalCalendars.For(
            session,
            [.. placed.Select(p => p.To), .. newTeacher is null ? [] : new[] { newTeacher }],
            clock.GetUtcNow(),
            cancel
        );

        foreach (var member in placed)
            told.Add(member, new PlaceNotice(member.Pupils, facts, feeds.GetValueOrDefault(member.To.PersonId)));
        foreach (var member in Families.Of(news.Left, contacts, m.StageId))
            told.Add(member, new StageOverNotice("left", member.Pupils, facts, null));
        foreach (var member in Families.Of(news.Stayed, contacts, m.StageId))
            told.Add(member, new StageChangedNotice(member.Pupils, facts, before!.Modules, news.OtherTeacher, null));

        var about = new About(m.CampaignId, null, m.StageId);
        if (newTeacher is not null)
            told.Add(newTeacher, about, new TimetableNotice(facts, after.Enrolments.Count, feeds.GetValueOrDefault(newTeacher.PersonId)));
        if (news.FormerTeacher is { } former && teachers[former].Teacher is { } replaced)
            told.Add(replaced, about, new StageOverNotice("replaced", null, facts, null));
        if (news.TellsTeacher && teachers[after.OfferId].Teacher is { } teacher)
            told.Add(
                teacher,
                about,
                new StageChangedNotice(null, facts, before!.Modules, false, news.OtherGroup ? after.Enrolments.Count : null)
            );

        Keep(session, before, after);
        outgoing.Add(session, told.Deliveries);
    }

    public async Task Cancelled(IDocumentSession session, StageCancelled m, ConsumeContext message)
    {
        var cancel = message.CancellationToken;
        var before = await session.LoadAsync<KnownStage>(m.StageId, cancel) ?? throw new NotYetKnown($"stage:{m.StageId}");
        if (before.Version >= m.Version || before.Cancelled)
            return;
        var campaign = await KnownCampaign.Of(session, m.CampaignId, cancel);
        var after = before.CancelledBy(m, clock.GetUtcNow());
        var contacts = await Families.Contacts(
            session,
            before.Enrolments,
            RawMessage.Age(message, clock.GetUtcNow()),
            clock.GetUtcNow(),
            cancel
        );
        var teachers = await Teachers(session, cancel, before.OfferId);

        var facts = after.Facts(campaign);
        var told = new Telling(message, clock.GetUtcNow());
        var reason = Clean.Sentence(m.Reason);
        foreach (var member in Families.Of(before.Enrolments, contacts, m.StageId))
            told.Add(member, new StageOverNotice("cancelled", member.Pupils, facts, reason));
        if (teachers[before.OfferId].Teacher is { } teacher)
            told.Add(teacher, new About(m.CampaignId, null, m.StageId), new StageOverNotice("cancelled", null, facts, reason));

        Keep(session, before, after);
        outgoing.Add(session, told.Deliveries);
    }

    private void Keep(IDocumentSession session, KnownStage? before, KnownStage after)
    {
        if (before is null)
            session.Insert(after);
        else
            session.Store(after);
        Reminder.Replan(session, before, after, clock.GetUtcNow());
    }

    private static async Task<IReadOnlyDictionary<Guid, TeacherContact>> Teachers(
        IQuerySession session,
        CancellationToken cancel,
        params Guid?[] offers
    )
    {
        var ids = offers.OfType<Guid>().Distinct().ToList();
        var known = (await session.LoadManyAsync<TeacherContact>(cancel, [.. ids])).ToDictionary(t => t.Id);
        var missing = ids.Where(id => !known.ContainsKey(id)).ToList();
        return missing.Count == 0 ? known : throw new NotYetKnown($"offer:{missing[0]}");
    }

    /// <summary>Deliveries of one message, with ids that follow from it.</summary>
    private sealed class Telling(MessageContext message, DateTimeOffset now)
    {
        private readonly string cause = message.MessageId!.Value.ToString();
        private readonly DateTimeOffset at = message.SentTime is { } sent
            ? new DateTimeOffset(DateTime.SpecifyKind(sent, DateTimeKind.Utc))
            : now;

        public List<Delivery> Deliveries { get; } = [];

        public void Add(FamilyMember member, Notice notice) => Add(member.To, member.About, notice);

        public void Add(Recipient to, About about, Notice notice) => Deliveries.Add(Delivery.Of(cause, to, notice, about, at));
    }
}
