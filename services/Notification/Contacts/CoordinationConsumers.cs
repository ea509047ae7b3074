using Stages.Contracts.Enrolment;

namespace Stages.Notifications.Contacts;

/// <summary>Reminds the coordinators of those who wait to be accepted.</summary>
public sealed class TeachersWaitingConsumer(Reception reception, IConfiguration configuration) : IConsumer<TeachersWaiting>
{
    public Task Consume(ConsumeContext<TeachersWaiting> context) =>
        reception.Take(
            context,
            context.Message.CampaignId,
            (_, campaign, m, cause) => ValueTask.FromResult(Remind(campaign, Coordination.Of(configuration), m, cause))
        );

    public static Telling Remind(KnownCampaign campaign, IReadOnlyList<Recipient> coordination, TeachersWaiting m, Cause cause)
    {
        var notice = new TeachersWaitingNotice(m.CampaignId, campaign.Name, m.Count);
        return Telling.To(coordination, notice, cause, new About(m.CampaignId), m.At);
    }
}

/// <summary>A guardian does not agree: the coordinators of the school speak with the family.</summary>
public sealed class GuardianObjectedConsumer(Reception reception, IConfiguration configuration) : IConsumer<GuardianObjected>
{
    public Task Consume(ConsumeContext<GuardianObjected> context) =>
        reception.Take(
            context,
            context.Message.CampaignId,
            async (reading, campaign, m, cause) =>
            {
                var known = await reading.Load<KnownCoordinators>(KnownCoordinators.TheId);
                return Tell(campaign, Coordination.Of(known, [m.SchoolUai], configuration), m, cause);
            }
        );

    public static Telling Tell(KnownCampaign campaign, IReadOnlyList<Recipient> coordination, GuardianObjected m, Cause cause)
    {
        var notice = new ObjectionNotice(m.CampaignId, campaign.Name, m.EnrolmentId);
        var about = new About(m.CampaignId, m.EnrolmentId, null, m.SchoolUai);
        return Telling.To(coordination, notice, cause, about, m.At);
    }
}
