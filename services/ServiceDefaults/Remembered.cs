using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Caching.Hybrid;

namespace Stages.ServiceDefaults;

/// <summary>
/// What many ask for and changes seldom, kept for a moment in this process: whoever comes while it is being read waits for that
/// reading. Keys are constants or ids of things that exist, and what is not there is not kept: no client decides how much memory
/// this takes.
/// </summary>
public sealed class Remembered(HybridCache cache)
{
    /// <summary>
    /// Marked so that a value is kept as it is, never read as JSON. It has to be one that nobody changes. Nor is it written: the cache does
    /// so to learn its size, and keeps nothing of more than a mebibyte, such as a directory of schools.
    /// </summary>
    [ImmutableObject(true)]
    private sealed record Kept<T>([property: JsonIgnore] T Value);

    /// <param name="read">
    /// Serves everybody who waits, so it gets no caller's token: one who leaves must not take the others' answer along.
    /// </param>
    /// <param name="worthKeeping">Null: whatever is not null.</param>
    public async ValueTask<T> Get<T>(string key, TimeSpan fresh, Func<Task<T>> read, Func<T, bool>? worthKeeping = null)
    {
        var options = new HybridCacheEntryOptions { Expiration = fresh, LocalCacheExpiration = fresh };
        var kept = await cache.GetOrCreateAsync(key, read, static async (read, _) => new Kept<T>(await read()), options);
        if (worthKeeping is null ? kept.Value is null : !worthKeeping(kept.Value))
            await cache.RemoveAsync(key);
        return kept.Value;
    }

    public ValueTask Forget(string key) => cache.RemoveAsync(key);
}
