namespace Stages.Portal.Clients;

/// <summary>
/// What is the same for everybody and changes seldom: campaigns, schools, public figures. Remembered for a few seconds in each copy,
/// so that a morning's crowd asks for it once; only good answers are remembered.
/// </summary>
public sealed class PublicFacts(Remembered known)
{
    public const string Campaigns = "campaigns";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    /// <param name="cancel">Ends the waiting; the question itself is asked for everybody.</param>
    public Task<Answer<T>> Remember<T>(string name, Func<Task<Answer<T>>> ask, CancellationToken cancel) =>
        known.Get(name, Fresh, ask, answer => answer is { Ok: true, Value: not null }).AsTask().WaitAsync(cancel);

    public ValueTask Forget(string name) => known.Forget(name);
}
