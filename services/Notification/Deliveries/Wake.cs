using System.Threading.Channels;

namespace Stages.Notifications.Deliveries;

/// <summary>
/// Rings when there may be something to send: at once after a commit of this process, and every second for what another copy left
/// behind, for retries and for leases that ran out.
/// </summary>
public sealed class Wake : IDisposable
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly ITimer timer;

    public Wake(TimeProvider clock) => timer = clock.CreateTimer(_ => Ring(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    public void Ring() => bell.Writer.TryWrite(true);

    public async Task Heard(CancellationToken cancel) => await bell.Reader.ReadAsync(cancel);

    public void Dispose() => timer.Dispose();
}
