using MassTransit;
using MassTransit.Middleware.Rescue;
using MassTransit.Transports;

namespace Stages.ServiceDefaults;

/// <summary>Consumes while the database is there, see <see cref="DatabasePause"/>.</summary>
public sealed class WaitForDatabase(DatabasePause pause) : IFilter<ConsumeContext>
{
    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next) =>
        pause.Through(() => next.Send(context), context.CancellationToken);

    public void Probe(ProbeContext context) => context.CreateFilterScope("waitForDatabase");
}

/// <summary>
/// A type that nothing here reads comes from a publisher that is newer than we are: the message is parked as it is, until a
/// version runs that knows it. What is no message at all, or has waited too long, is set aside.
/// </summary>
public sealed class ParkUnknown(ParkedMessages parked, DatabasePause pause, Patience patience, TimeProvider clock) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var message = RawMessage.Of(context);
        var age = message is null ? TimeSpan.Zero : Patience.Age(message.SentAt, message.ResentAt, clock.GetUtcNow());
        if (message is not null && !patience.IsOver(age))
        {
            var key = ParkedMessages.TypeKey + message.Type;
            await pause.Through(() => parked.Park(message, key, context.CancellationToken), context.CancellationToken);
            return;
        }
        Exception reason = message is null
            ? new InvalidOperationException("No message of ours: it has no id, type or time.")
            : new WaitedTooLong("A version that knows " + message.Type, age);
        await context.GetPayload<IErrorTransport>().Send(new RescueExceptionReceiveContext(context, reason));
        if (message is not null)
            await parked.Forget(message.Id, context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("parkUnknown");
}

/// <summary>A message that went to the error queue waits for nothing any more.</summary>
public sealed class ForgetFailed(ParkedMessages parked, DatabasePause pause) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        await next.Send(context);
        if (RawMessage.IsTakenUp(context) && RawMessage.Of(context) is { } message)
            await pause.Through(() => parked.Forget(message.Id, context.CancellationToken), context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("forgetFailed");
}
