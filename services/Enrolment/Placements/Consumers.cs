using MassTransit;
using Stages.Contracts.Classroom;
using Stages.Contracts.Scheduling;

namespace Stages.Enrolments.Placements;

// Each reads what its rule needs and calls it.

public sealed class StagePublishedConsumer(Journal journal, TimeProvider clock) : IConsumer<StagePublished>
{
    public Task Consume(ConsumeContext<StagePublished> context) =>
        journal.Consume(context, (reading, m) => StageChangedConsumer.Set(reading, m.AsChanged(), context, clock.GetUtcNow()));
}

public sealed class StageChangedConsumer(Journal journal, TimeProvider clock) : IConsumer<StageChanged>
{
    public Task Consume(ConsumeContext<StageChanged> context) =>
        journal.Consume(context, (reading, m) => Set(reading, m, context, clock.GetUtcNow()));

    internal static async ValueTask<Decision> Set(Reading reading, StageChanged m, ConsumeContext context, DateTimeOffset now)
    {
        if (await Forgotten.Is(reading, m.TeacherId, now - RawMessage.Age(context, now)))
            m = m with { TeacherId = null, TeacherFirstName = "" };
        var known = await reading.Load<StageMirror>(m.StageId);
        return FollowStage.Set(known, m, await reading.Of(known, m.Pupils), now);
    }
}

public sealed class StageCancelledConsumer(Journal journal, TimeProvider clock) : IConsumer<StageCancelled>
{
    public Task Consume(ConsumeContext<StageCancelled> context) =>
        journal.Consume(
            context,
            async (reading, m) =>
            {
                var known = await reading.Load<StageMirror>(m.StageId);
                return FollowStage.Clear(known, m, await reading.Of(known, []), clock.GetUtcNow());
            }
        );
}

public sealed class WishesLeftWaitingConsumer(Journal journal, TimeProvider clock) : IConsumer<WishesLeftWaiting>
{
    public Task Consume(ConsumeContext<WishesLeftWaiting> context) =>
        journal.Consume(context, context.Message.EnrolmentId, (state, m) => ExplainWaiting.Decide(state, m, clock.GetUtcNow()));
}

public sealed class AttendanceRecordedConsumer(Journal journal, TimeProvider clock) : IConsumer<AttendanceRecorded>
{
    public Task Consume(ConsumeContext<AttendanceRecorded> context) =>
        journal.Consume(context, context.Message.EnrolmentId, (state, m) => NotePresence.Decide(state, m, clock.GetUtcNow()));
}

internal static class Enrolled
{
    /// <summary>Takes what happened to one enrolment.</summary>
    public static Task Consume<TMessage>(
        this Journal journal,
        ConsumeContext<TMessage> context,
        Guid enrolmentId,
        Func<Enrolment?, TMessage, Decision> decide
    )
        where TMessage : class =>
        journal.Consume(context, async (reading, m) => decide(await reading.Stream<Enrolment>(enrolmentId), m).At(enrolmentId));

    /// <summary>The enrolments of a stage's pupils, of those who were in it and those who are.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Enrolment>> Of(
        this Reading reading,
        StageMirror? known,
        IEnumerable<PupilPlaced> pupils
    ) => (await reading.Streams<Enrolment>((known?.Pupils ?? []).Concat(pupils).Select(p => p.EnrolmentId))).ToDictionary(e => e.Id);
}
