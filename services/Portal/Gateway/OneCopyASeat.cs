using System.Text;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace Stages.Portal.Gateway;

/// <summary>
/// Which copy of the Classroom service a seat's signalling goes to. Where WebSockets are blocked a connection is many requests, and the
/// copy that it was made with alone knows it: all gateways choose the same one, out of the seat's name, without a cookie and without
/// telling one another. When a copy goes, its seats are shared out among the others and nobody else's is moved; a page whose copy does
/// not answer asks for the next one by its <c>turn</c>, and does not wait until all gateways have noticed.
/// </summary>
public sealed class OneCopyASeat : ILoadBalancingPolicy
{
    public const string PolicyName = nameof(OneCopyASeat);

    public string Name => PolicyName;

    public DestinationState? PickDestination(
        HttpContext context,
        ClusterState cluster,
        IReadOnlyList<DestinationState> availableDestinations
    )
    {
        var request = context.Request;
        // The self-check has no seat; it has an address, and for the seconds that it lasts that will do.
        var who = request.Query.TryGetValue("seat", out var seat) ? seat.ToString() : context.Connection.RemoteIpAddress?.ToString() ?? "";
        _ = int.TryParse(request.Query["turn"], NumberStyles.None, CultureInfo.InvariantCulture, out var turn);
        return availableDestinations.Count == 0 ? null : Choose(who, turn, availableDestinations, copy => copy.DestinationId);
    }

    public static T Choose<T>(string seat, int turn, IReadOnlyList<T> copies, Func<T, string> name) =>
        copies.OrderByDescending(copy => Rank(seat, name(copy))).ElementAt(turn % copies.Count);

    /// <summary>Of all copies the one with the highest rank is the seat's (rendezvous hashing).</summary>
    private static UInt128 Rank(string seat, string copy) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{copy} {seat}")));
}
