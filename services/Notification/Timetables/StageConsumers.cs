using MassTransit;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Deliveries;
using Stages.ServiceDefaults;

namespace Stages.Notifications.Timetables;

public sealed class StagePublishedConsumer(Inbox inbox, StageTelling telling, Wake wake) : IConsumer<StagePublished>
{
    public async Task Consume(ConsumeContext<StagePublished> context)
    {
        await inbox.Once(
            context,
            session => telling.Changed(session, context.Message.AsChanged(), context),
            known: $"stage:{context.Message.StageId}"
        );
        wake.Ring();
    }
}

public sealed class StageChangedConsumer(Inbox inbox, StageTelling telling, Wake wake) : IConsumer<StageChanged>
{
    public async Task Consume(ConsumeContext<StageChanged> context)
    {
        await inbox.Once(
            context,
            async session =>
            {
                // Its publication comes first, so that families hear of a change as a change.
                if (await session.LoadAsync<KnownStage>(context.Message.StageId, context.CancellationToken) is null)
                    throw new NotYetKnown($"stage:{context.Message.StageId}");
                await telling.Changed(session, context.Message, context);
            }
        );
        wake.Ring();
    }
}

public sealed class StageCancelledConsumer(Inbox inbox, StageTelling telling, Wake wake) : IConsumer<StageCancelled>
{
    public async Task Consume(ConsumeContext<StageCancelled> context)
    {
        await inbox.Once(context, session => telling.Cancelled(session, context.Message, context));
        wake.Ring();
    }
}
