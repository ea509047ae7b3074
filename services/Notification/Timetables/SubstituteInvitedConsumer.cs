namespace Stages.Notifications.Timetables;

/// <summary>Asks a teacher whether they would take over a stage.</summary>
public sealed class SubstituteInvitedConsumer(Reception reception) : IConsumer<SubstituteInvited>
{
    public Task Consume(ConsumeContext<SubstituteInvited> context) =>
        reception.Take(
            context,
            context.Message.CampaignId,
            async (reading, campaign, m, cause) =>
                Ask(campaign, await reading.Load<KnownStage>(m.StageId), await reading.Load<TeacherContact>(m.OfferId), m, cause)
        );

    public static Telling Ask(KnownCampaign campaign, KnownStage? stage, TeacherContact? offer, SubstituteInvited m, Cause cause)
    {
        if (stage is null)
            return Decision.WaitsFor("stage", m.StageId);
        if (offer is null)
            return Decision.WaitsFor("offer", m.OfferId);
        if (offer.Teacher is null)
            return Decision.Nothing;
        var (day, time) = TimeZones.Local(stage.TimeZone, m.AnswerBefore);
        var notice = new SubstituteNotice(stage.Facts(campaign), stage.Enrolments.Count, m.AnswerBefore, day, time);
        return new Telling(Decision.Nothing, [Delivery.Of(cause.Name, offer.Teacher, notice, offer.About(m.StageId), cause.At)]);
    }
}
