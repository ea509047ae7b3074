namespace Stages.Notifications.Timetables;

/// <summary>A stage is new to everybody in it.</summary>
public sealed class StagePublishedConsumer(Reception reception, StageTelling telling) : IConsumer<StagePublished>
{
    public Task Consume(ConsumeContext<StagePublished> context) =>
        reception.Take(context, (reading, m, cause) => telling.Changed(reading, m.AsChanged(), isNew: true, cause));
}

/// <summary>Its publication comes first, so that families hear of a change as a change.</summary>
public sealed class StageChangedConsumer(Reception reception, StageTelling telling) : IConsumer<StageChanged>
{
    public Task Consume(ConsumeContext<StageChanged> context) =>
        reception.Take(context, (reading, m, cause) => telling.Changed(reading, m, isNew: false, cause));
}

/// <summary>A stage does not take place.</summary>
public sealed class StageCancelledConsumer(Reception reception, StageTelling telling) : IConsumer<StageCancelled>
{
    public Task Consume(ConsumeContext<StageCancelled> context) =>
        reception.Take(context, (reading, m, cause) => telling.Cancelled(reading, m, cause));
}
