namespace Stages.ServiceDefaults;

/// <summary>
/// With which accounts a service comes to the broker: its own, which reads its queue and writes to its own messages' exchanges and to
/// nothing else, and, only while it is made who reads what, one that may do that (<c>infra/decisions/broker-accounts.md</c>).
/// </summary>
/// <param name="Own">For everything but that.</param>
/// <param name="Owner">The same address where one account does both.</param>
/// <param name="MadeElsewhere">This process finds it made: another one, started with <c>--migrate</c>, has done it.</param>
public sealed record BrokerAccess(Uri Own, Uri Owner, bool MadeElsewhere)
{
    /// <summary>Two accounts: the service's own can bind nobody's queue.</summary>
    public bool IsSeparate => MadeElsewhere || Own.UserInfo != Owner.UserInfo;

    /// <param name="service">
    /// As <c>ConnectionStrings:EnrolmentBroker</c> names it, which counts before <c>ConnectionStrings:RabbitMq</c>; null for one without a
    /// queue.
    /// </param>
    public static BrokerAccess Read(IConfiguration configuration, string? service)
    {
        var own =
            (service is null ? null : configuration.GetConnectionString($"{service}Broker"))
            ?? configuration.GetConnectionString("RabbitMq")
            ?? throw new InvalidOperationException("ConnectionStrings:RabbitMq is not configured.");
        return new BrokerAccess(
            new Uri(own),
            new Uri(configuration.GetConnectionString("RabbitMqOwner") ?? own),
            configuration.GetValue<bool>("Broker:MadeElsewhere")
        );
    }
}
