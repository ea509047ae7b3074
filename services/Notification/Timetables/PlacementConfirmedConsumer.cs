using Stages.Contracts.Enrolment;

namespace Stages.Notifications.Timetables;

/// <summary>A family has answered: nothing reminds it of the deadline any more, nor does its calendar.</summary>
public sealed class PlacementConfirmedConsumer(Reception reception, TimeProvider clock) : IConsumer<PlacementConfirmed>
{
    public Task Consume(ConsumeContext<PlacementConfirmed> context) =>
        reception.Take(context, async (reading, m, _) => Note(await reading.Load<KnownStage>(m.StageId), m, clock.GetUtcNow()));

    public static Telling Note(KnownStage? stage, PlacementConfirmed m, DateTimeOffset now)
    {
        if (stage is null)
            return Decision.WaitsFor("stage", m.StageId);
        return stage.AnswerBefore([m.EnrolmentId]) is null
            ? Decision.Nothing
            : Decision.Nothing.AndStore(stage.Answered(m.EnrolmentId) with { ChangedAt = now });
    }
}
