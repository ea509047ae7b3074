using MassTransit;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Calendars;
using Stages.Notifications.Campaigns;
using Stages.Notifications.Contacts;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters.Notices;
using Stages.ServiceDefaults;

namespace Stages.Notifications.Timetables;

/// <summary>Asks a teacher whether they would take over a stage.</summary>
public sealed class SubstituteInvitedConsumer(Inbox inbox, Outgoing outgoing, Wake wake, TimeProvider clock) : IConsumer<SubstituteInvited>
{
    public async Task Consume(ConsumeContext<SubstituteInvited> context)
    {
        var m = context.Message;
        await inbox.Once(
            context,
            async session =>
            {
                var campaign = await KnownCampaign.Of(session, m.CampaignId, context.CancellationToken);
                var stage =
                    await session.LoadAsync<KnownStage>(m.StageId, context.CancellationToken)
                    ?? throw new NotYetKnown($"stage:{m.StageId}");
                var offer =
                    await session.LoadAsync<TeacherContact>(m.OfferId, context.CancellationToken)
                    ?? throw new NotYetKnown($"offer:{m.OfferId}");
                if (offer.Teacher is null)
                    return;
                var (day, time) = TimeZones.Local(stage.TimeZone, m.AnswerBefore);
                var notice = new SubstituteNotice(stage.Facts(campaign), stage.Enrolments.Count, m.AnswerBefore, day, time);
                outgoing.Add(
                    session,
                    [Delivery.Of(context.MessageId!.Value.ToString(), offer.Teacher, notice, offer.About(m.StageId), clock.GetUtcNow())]
                );
            }
        );
        wake.Ring();
    }
}
