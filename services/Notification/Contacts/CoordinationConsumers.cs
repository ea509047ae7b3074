using Stages.Contracts.Enrolment;

namespace Stages.Notifications.Contacts;

/// <summary>Reminds each coordinator of those at their schools who wait to be accepted.</summary>
public sealed class TeachersWaitingConsumer(Reception reception, IConfiguration configuration) : IConsumer<TeachersWaiting>
{
    public Task Consume(ConsumeContext<TeachersWaiting> context) =>
        reception.Take(
            context,
            context.Message.CampaignId,
            async (reading, campaign, m, cause) =>
                Remind(campaign, await reading.Load<KnownCoordinators>(KnownCoordinators.TheId), configuration, m, cause)
        );

    public static Telling Remind(
        KnownCampaign campaign,
        KnownCoordinators? known,
        IConfiguration configuration,
        TeachersWaiting m,
        Cause cause
    )
    {
        IReadOnlyList<TeachersWaitingAt> places = m.Places ?? [new(null, m.Count)];
        var letters = places
            .SelectMany(place => Coordination.Of(known, [place.School], configuration).Select(to => (To: to, place.Count)))
            .GroupBy(x => x.To.Key, StringComparer.Ordinal)
            .Select(mine =>
            {
                var notice = new TeachersWaitingNotice(m.CampaignId, campaign.Name, mine.Sum(x => x.Count));
                return Delivery.Of(cause.Name, mine.First().To, notice, new About(m.CampaignId), m.At);
            });
        return new Telling(Decision.Nothing, [.. letters]);
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
