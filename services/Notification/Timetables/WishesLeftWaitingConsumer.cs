namespace Stages.Notifications.Timetables;

/// <summary>
/// Tells a family which wishes wait, once for each: how they move up afterwards is on their page, and a mail for each step would
/// only teach people not to read them.
/// </summary>
public sealed class WishesLeftWaitingConsumer(Reception reception) : IConsumer<WishesLeftWaiting>
{
    public Task Consume(ConsumeContext<WishesLeftWaiting> context) =>
        reception.Take(
            context,
            context.Message.CampaignId,
            async (reading, campaign, m, cause) => Explain(campaign, await reading.Load<EnrolmentContact>(m.EnrolmentId), m, cause)
        );

    public static Telling Explain(KnownCampaign campaign, EnrolmentContact? contact, WishesLeftWaiting m, Cause cause)
    {
        if (contact is null)
            return Families.WaitFor(m.EnrolmentId, cause) ?? Decision.Nothing;
        var told = contact.ToldWaiting ?? new ToldWaiting(0, []);
        if (contact.Erased || told.Version >= m.Version)
            return Decision.Nothing;
        // Whoever said no has answered, and is not written that they wait for it.
        var waiting = m.Wishes.Where(w => !contact.Gave(w.Subject)).ToList();
        var all = waiting.OrderBy(w => w.Position).Select(w => Line(w, campaign)).ToList();
        // A wish that found its place and loses it later is news again: hence only those that wait now.
        var kept = Decision.Nothing.AndStore(
            contact with
            {
                ToldWaiting = new ToldWaiting(m.Version, [.. m.Wishes.Select(w => w.Subject)]),
                Waiting = all.Count == 0 ? null : new WaitingNotice(m.EnrolmentId, contact.Pupil, campaign.Name, all),
            }
        );
        var news = waiting.Where(w => !told.Subjects.Contains(w.Subject, StringComparer.Ordinal)).ToList();
        if (news.Count == 0)
            return kept;
        var lines = news.OrderBy(w => w.Position).Select(w => Line(w, campaign)).ToList();
        var notice = new WaitingNotice(m.EnrolmentId, contact.Pupil, campaign.Name, lines);
        return new Telling(kept, contact.Tell(notice, cause, cause.At));
    }

    private static WaitingLine Line(WishWaiting wish, KnownCampaign campaign) =>
        new(
            campaign.Subject(wish.Subject),
            wish.Position,
            new LocalText(wish.TextFr, wish.TextEn),
            wish.WouldBePlacedIfFr,
            wish.WouldBePlacedIfEn
        );
}
