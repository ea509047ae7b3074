using Microsoft.Extensions.Caching.Memory;

namespace Stages.Portal.Clients;

/// <summary>
/// What is the same for everybody and changes seldom: campaigns, schools, public figures. Remembered for a few seconds in each copy,
/// so that a morning's crowd asks for it once; only good answers are remembered.
/// </summary>
public sealed class PublicFacts(IMemoryCache cache)
{
    public const string Campaigns = "campaigns";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    public async Task<Answer<T>> Remember<T>(string name, Func<Task<Answer<T>>> ask)
    {
        if (cache.TryGetValue(name, out Answer<T>? known) && known is not null)
            return known;
        var answer = await ask();
        if (answer.Ok && answer.Value is not null)
            cache.Set(name, answer, Fresh);
        return answer;
    }

    public void Forget(string name) => cache.Remove(name);
}
