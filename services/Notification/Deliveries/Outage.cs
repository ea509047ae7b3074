namespace Stages.Notifications.Deliveries;

/// <summary>
/// Whether the server of a channel is away. While it is, its deliveries are left alone but for a few that try whether it is back:
/// else each waiting mail would open a connection of its own to a server that cannot answer.
/// </summary>
public sealed class Outage(TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private int failures;
    private DateTimeOffset until = DateTimeOffset.MinValue;

    public bool Lasts
    {
        get
        {
            lock (gate)
                return clock.GetUtcNow() < until;
        }
    }

    public void Tell(Result result)
    {
        lock (gate)
        {
            if (!result.ServerAway)
            {
                // Whatever it answered, it answered.
                (failures, until) = (0, DateTimeOffset.MinValue);
                return;
            }
            var now = clock.GetUtcNow();
            // Those who were trying at the same moment tell one and the same outage.
            if (now < until)
                return;
            var pause = TimeSpan.FromMilliseconds(500) * Math.Pow(2, Math.Min(failures++, 10));
            until = now + (pause < LongestPause ? pause : LongestPause);
        }
    }
}
