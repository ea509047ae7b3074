using MassTransit;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Campaigns;
using Stages.Notifications.Contacts;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;
using Stages.Notifications.Letters.Notices;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Notifications.Timetables;

/// <summary>
/// Tells a family which wishes wait, once for each: how they move up afterwards is on their page, and a mail for each step would
/// only teach people not to read them.
/// </summary>
public sealed class WishesLeftWaitingConsumer(Inbox inbox, Outgoing outgoing, Wake wake, TimeProvider clock) : IConsumer<WishesLeftWaiting>
{
    public async Task Consume(ConsumeContext<WishesLeftWaiting> context)
    {
        var m = context.Message;
        await inbox.Once(
            context,
            async session =>
            {
                var campaign = await KnownCampaign.Of(session, m.CampaignId, context.CancellationToken);
                var contacts = await Families.Contacts(
                    session,
                    [m.EnrolmentId],
                    RawMessage.Age(context, clock.GetUtcNow()),
                    clock.GetUtcNow(),
                    context.CancellationToken
                );
                var contact = contacts[m.EnrolmentId];
                if (contact.Erased || contact.Version == 0)
                    return;
                var told = contact.ToldWaiting ?? new ToldWaiting(0, []);
                if (told.Version >= m.Version)
                    return;
                var news = m.Wishes.Where(w => !told.Subjects.Contains(w.Subject, StringComparer.Ordinal)).ToList();
                // A wish that found its place and loses it later is news again: hence only those that wait now.
                session.Store(contact with { ToldWaiting = new ToldWaiting(m.Version, [.. m.Wishes.Select(w => w.Subject)]) });
                if (news.Count == 0)
                    return;
                var notice = new WaitingNotice(
                    m.EnrolmentId,
                    contact.Pupil,
                    campaign.Name,
                    [.. news.OrderBy(w => w.Position).Select(w => Line(w, campaign))]
                );
                outgoing.Add(
                    session,
                    contact
                        .Guardians.DistinctBy(g => g.Key)
                        .Select(g => Delivery.Of(context.MessageId!.Value.ToString(), g, notice, contact.About(), clock.GetUtcNow()))
                );
            }
        );
        wake.Ring();
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
