using Stages.Contracts.Classroom;

namespace Stages.Notifications.Timetables;

/// <summary>A pupil has not come: the guardians are told while there is time to join.</summary>
public sealed class PupilMissingConsumer(Reception reception) : IConsumer<PupilMissing>
{
    public Task Consume(ConsumeContext<PupilMissing> context) =>
        reception.Take(
            context,
            context.Message.CampaignId,
            async (reading, campaign, m, cause) =>
                CallGuardians(
                    campaign,
                    await reading.Load<KnownStage>(m.StageId),
                    await reading.Load<EnrolmentContact>(m.EnrolmentId),
                    m,
                    cause
                )
        );

    public static Telling CallGuardians(KnownCampaign campaign, KnownStage? stage, EnrolmentContact? known, PupilMissing m, Cause cause)
    {
        if (Running.Module(stage, m.ModuleId) is not { } module)
            return Decision.WaitsFor("stage", m.StageId);
        if (known is null && Families.WaitFor(m.EnrolmentId, cause) is { } wait)
            return wait;
        var contact = known ?? Families.Nobody(m.EnrolmentId);
        var notice = new PupilMissingNotice(contact.Line(), stage!.Facts(campaign), module, Running.End(module));
        return new Telling(Decision.Nothing, contact.Tell(notice, cause, m.At, m.StageId));
    }
}

/// <summary>
/// A group waits without a teacher: the coordination is alarmed (<c>Alarms:To</c>, addresses with commas between them), the teacher
/// is called. With nobody configured the alarm stands in the delivery log as unsent.
/// </summary>
public sealed class TeacherMissingConsumer(Reception reception, IConfiguration configuration) : IConsumer<TeacherMissing>
{
    public Task Consume(ConsumeContext<TeacherMissing> context) =>
        reception.Take(
            context,
            context.Message.CampaignId,
            async (reading, campaign, m, cause) =>
            {
                var stage = await reading.Load<KnownStage>(m.StageId);
                var offer = stage is null ? null : await reading.Load<TeacherContact>(stage.OfferId);
                return Alarm(campaign, stage, offer, Coordination.Of(configuration), m, cause);
            }
        );

    public static Telling Alarm(
        KnownCampaign campaign,
        KnownStage? stage,
        TeacherContact? offer,
        IReadOnlyList<Recipient> coordination,
        TeacherMissing m,
        Cause cause
    )
    {
        if (Running.Module(stage, m.ModuleId) is not { } module)
            return Decision.WaitsFor("stage", m.StageId);
        var about = new About(m.CampaignId, null, m.StageId);
        var facts = stage!.Facts(campaign);
        var alarm = new TeacherMissingNotice(ForTeacher: false, facts, module, stage.Enrolments.Count, Running.End(module));
        var told = Telling.To(coordination, alarm, cause, about, m.At);
        if (stage.TeacherGone || offer?.Teacher is not { } teacher)
            return told;
        var call = Delivery.Of(cause.Name + "/teacher", teacher, alarm with { ForTeacher = true }, about, m.At);
        return told with { Told = [.. told.Told, call] };
    }
}

/// <summary>Somebody was reported: the coordinators are told at once, without a word of what was said.</summary>
public sealed class PersonReportedConsumer(Reception reception, IConfiguration configuration) : IConsumer<PersonReported>
{
    public Task Consume(ConsumeContext<PersonReported> context) =>
        reception.Take(
            context,
            context.Message.CampaignId,
            async (reading, campaign, m, cause) =>
            {
                var stage = await reading.Load<KnownStage>(m.StageId);
                return Tell(campaign, stage, await Coordination.Of(reading, [.. stage?.Enrolments ?? []], configuration), m, cause);
            }
        );

    public static Telling Tell(
        KnownCampaign campaign,
        KnownStage? stage,
        IReadOnlyList<Recipient> coordination,
        PersonReported m,
        Cause cause
    )
    {
        if (stage is null)
            return Decision.WaitsFor("stage", m.StageId);
        var (notice, about) = (new ReportedNotice(stage.Facts(campaign)), new About(m.CampaignId, null, m.StageId));
        return Telling.To(coordination, notice, cause, about, m.At);
    }
}

/// <summary>Somebody cannot be heard, before the day: the coordinators of the schools are told.</summary>
public sealed class CheckFailedConsumer(Reception reception, IConfiguration configuration) : IConsumer<CheckFailed>
{
    public Task Consume(ConsumeContext<CheckFailed> context) =>
        reception.Take(
            context,
            context.Message.CampaignId,
            async (reading, campaign, m, cause) =>
            {
                var known = await reading.Load<KnownCoordinators>(KnownCoordinators.TheId);
                return Tell(campaign, Coordination.Of(known, m.Schools, configuration), m, cause);
            }
        );

    public static Telling Tell(KnownCampaign campaign, IReadOnlyList<Recipient> coordination, CheckFailed m, Cause cause)
    {
        var notice = new CheckFailedNotice(m.CampaignId, campaign.Name, m.ByRole == "teacher");
        return Telling.To(coordination, notice, cause, new About(m.CampaignId), m.At);
    }
}

internal static class Running
{
    /// <summary>Null when the stage is not known, or was changed and its news is still to come.</summary>
    public static ModuleLine? Module(KnownStage? stage, Guid moduleId) => stage?.Modules.FirstOrDefault(m => m.ModuleId == moduleId);

    public static DateTimeOffset End(ModuleLine module) => module.StartsAt + (module.End - module.Start);
}
