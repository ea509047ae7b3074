using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Stages.ServiceDefaults;

/// <summary>
/// A filter that is made for its first message. The store's outbox asks for the bus and these filters ask for the store: made with the
/// bus, each would wait for the other for ever, and a service that publishes would never start.
/// </summary>
internal sealed class WhenNeeded<TContext, TFilter>(IServiceProvider services) : IFilter<TContext>
    where TContext : class, PipeContext
    where TFilter : IFilter<TContext>
{
    private readonly Lazy<TFilter> filter = new(() => ActivatorUtilities.CreateInstance<TFilter>(services));

    public Task Send(TContext context, IPipe<TContext> next) => filter.Value.Send(context, next);

    public void Probe(ProbeContext context) => context.CreateFilterScope(typeof(TFilter).Name);
}
