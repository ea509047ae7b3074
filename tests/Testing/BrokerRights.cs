namespace Stages.Testing;

/// <summary>What a service's account at the broker may do, as <c>infra/rabbitmq/rights</c> says.</summary>
/// <param name="Writes">Names of what it may make and write to, as a pattern.</param>
/// <param name="Reads">Names of what it may read.</param>
public sealed record BrokerRights(string Name, string Writes, string Reads)
{
    public static IReadOnlyList<BrokerRights> All { get; } =
    [
        .. from line in File.ReadLines(Path.Combine(Servers.Checkout, "infra", "rabbitmq", "rights"))
        where !line.StartsWith('#')
        select line.Split(' ', StringSplitOptions.RemoveEmptyEntries) into words
        where words.Length == 3
        select new BrokerRights(words[0], words[1], words[2]),
    ];
}
