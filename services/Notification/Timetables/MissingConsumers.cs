using Marten;
using MassTransit;
using Stages.Contracts.Classroom;
using Stages.Notifications.Campaigns;
using Stages.Notifications.Contacts;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;
using Stages.Notifications.Letters.Notices;
using Stages.ServiceDefaults;

namespace Stages.Notifications.Timetables;

/// <summary>A pupil has not come: the guardians are told while there is time to join.</summary>
public sealed class PupilMissingConsumer(Inbox inbox, Outgoing outgoing, Wake wake, TimeProvider clock) : IConsumer<PupilMissing>
{
    public async Task Consume(ConsumeContext<PupilMissing> context)
    {
        var m = context.Message;
        await inbox.Once(
            context,
            async session =>
            {
                var (stage, facts, module) = await Running.Module(session, m.CampaignId, m.StageId, m.ModuleId, context.CancellationToken);
                var contacts = await Families.Contacts(
                    session,
                    [m.EnrolmentId],
                    RawMessage.Age(context, clock.GetUtcNow()),
                    clock.GetUtcNow(),
                    context.CancellationToken
                );
                var contact = contacts[m.EnrolmentId];
                var notice = new PupilMissingNotice(contact.Line(), facts, module, Running.End(module));
                outgoing.Add(
                    session,
                    contact
                        .Guardians.DistinctBy(g => g.Key)
                        .Select(g => Delivery.Of(context.MessageId!.Value.ToString(), g, notice, contact.About(stage.Id), m.At))
                );
            }
        );
        wake.Ring();
    }
}

/// <summary>
/// A group waits without a teacher: the coordination is alarmed (<c>Alarms:To</c>, addresses with commas between them), the teacher
/// is called. With nobody configured the alarm stands in the delivery log as unsent.
/// </summary>
public sealed class TeacherMissingConsumer(Inbox inbox, Outgoing outgoing, Wake wake, IConfiguration configuration)
    : IConsumer<TeacherMissing>
{
    public async Task Consume(ConsumeContext<TeacherMissing> context)
    {
        var m = context.Message;
        await inbox.Once(
            context,
            async session =>
            {
                var (stage, facts, module) = await Running.Module(session, m.CampaignId, m.StageId, m.ModuleId, context.CancellationToken);
                var about = new About(m.CampaignId, null, m.StageId);
                var cause = context.MessageId!.Value.ToString();
                var alarm = new TeacherMissingNotice(ForTeacher: false, facts, module, stage.Enrolments.Count, Running.End(module));
                outgoing.Add(session, Coordination().Select(c => Delivery.Of(cause, c, alarm, about, m.At)));

                var offer = await session.LoadAsync<TeacherContact>(stage.OfferId, context.CancellationToken);
                if (offer?.Teacher is { } teacher)
                    outgoing.Add(session, [Delivery.Of(cause + "/teacher", teacher, alarm with { ForTeacher = true }, about, m.At)]);
            }
        );
        wake.Ring();
    }

    private IEnumerable<Recipient> Coordination()
    {
        var addresses = (configuration["Alarms:To"] ?? "").Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return addresses.Length == 0
            ? [new Recipient(Guid.Empty, "Coordination", null, null, "fr")]
            : addresses.Select(a => Recipient.Of(null, "", a, null, configuration["Alarms:Language"] ?? "fr"));
    }
}

internal static class Running
{
    public static async Task<(KnownStage Stage, StageFacts Facts, ModuleLine Module)> Module(
        IQuerySession session,
        Guid campaignId,
        Guid stageId,
        Guid moduleId,
        CancellationToken cancel
    )
    {
        var campaign = await KnownCampaign.Of(session, campaignId, cancel);
        var stage = await session.LoadAsync<KnownStage>(stageId, cancel) ?? throw new NotYetKnown($"stage:{stageId}");
        var module = stage.Modules.FirstOrDefault(m => m.ModuleId == moduleId) ?? throw new NotYetKnown($"stage:{stageId}");
        return (stage, stage.Facts(campaign), module);
    }

    public static DateTimeOffset End(ModuleLine module) => module.StartsAt + (module.End - module.Start);
}
