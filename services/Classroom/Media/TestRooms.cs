using System.Text.Json.Nodes;

namespace Stages.Classrooms.Media;

/// <summary>
/// Test rooms at the media servers, for the self-check: what somebody sends comes back to them. There is no room that another could enter,
/// and so many at once that no class notices.
/// </summary>
public sealed class TestRooms(MediaNodes nodes) : IDisposable
{
    private const int MostAtOnce = 40;

    /// <summary>What the pictures of a small group need, and a little more: it tells whether they will pass.</summary>
    private const int BitsASecond = 1_000_000;

    private readonly SemaphoreSlim places = new(MostAtOnce);

    public void Dispose() => places.Dispose();

    /// <summary>Null when all are taken, or no media server answers.</summary>
    public async Task<TestRoom?> Open(CancellationToken cancel)
    {
        if (!await places.WaitAsync(TimeSpan.Zero, cancel))
            return null;
        foreach (var node in nodes.All.OrderBy(_ => Random.Shared.Next()))
        {
            try
            {
                var janus = await nodes.Connect(node.Name, cancel);
                return new TestRoom(janus, await janus.Attach(_ => { }, cancel, "janus.plugin.echotest"), () => places.Release());
            }
            catch (Exception e) when (e is MediaFault or TimeoutException)
            {
                // The next one.
            }
        }
        places.Release();
        return null;
    }

    /// <summary>One person's.</summary>
    public sealed class TestRoom(JanusConnection janus, long handle, Action left)
    {
        private int closed;

        /// <summary>The server's answer to what a browser offers.</summary>
        public async Task<string?> Enter(string sdp, CancellationToken cancel)
        {
            var answer = await janus.Ask(
                handle,
                new JsonObject
                {
                    ["audio"] = true,
                    ["video"] = true,
                    ["bitrate"] = BitsASecond,
                },
                new JsonObject { ["type"] = "offer", ["sdp"] = sdp },
                cancel
            );
            return answer["jsep"]?["sdp"]?.GetValue<string>();
        }

        public async Task Leave()
        {
            if (Interlocked.Exchange(ref closed, 1) == 1)
                return;
            left();
            try
            {
                await janus.Detach(handle);
            }
            catch (Exception e) when (e is MediaFault or TimeoutException)
            {
                // Gone with the server.
            }
        }
    }
}
