namespace Stages.Portal.Clients;

/// <summary>Follows a list to its end, page by page.</summary>
public static class Pages
{
    /// <param name="read">Gets <c>""</c>, then <c>&amp;after=…</c> of the page before.</param>
    public static async IAsyncEnumerable<T> All<T>(Func<string, Task<Answer<Page<T>>>> read)
    {
        var after = "";
        while (true)
        {
            var answer = await read(after);
            if (answer.Value is null)
                yield break;
            foreach (var item in answer.Value.Items)
                yield return item;
            if (answer.Value.Next is not { Length: > 0 } next)
                yield break;
            after = "&after=" + Uri.EscapeDataString(next);
        }
    }
}
