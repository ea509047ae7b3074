namespace Stages.Portal.Clients;

/// <summary>
/// A service did not give what has to be there whole: a list that ends too soon looks like one that is complete. Work waits for it, a page
/// says so.
/// </summary>
public sealed class ServiceAway(Problem problem) : Exception($"{problem.Status} {problem.Code}")
{
    /// <summary>What whoever asked for the page is answered: that it is not theirs, or not there, else to come again.</summary>
    public int Status => problem.Status is 401 or 403 or 404 ? problem.Status : 503;

    public static async Task<T> Whole<T>(Task<Answer<T>> asked) =>
        await asked switch
        {
            { Value: { } value } => value,
            var none => throw new ServiceAway(none.Problem ?? Problem.Away),
        };
}

/// <summary>Follows a list to its end, page by page.</summary>
public static class Pages
{
    /// <param name="read">Gets <c>""</c>, then <c>&amp;after=…</c> of the page before.</param>
    /// <exception cref="ServiceAway">A page of it could not be read.</exception>
    public static async IAsyncEnumerable<T> All<T>(Func<string, Task<Answer<Page<T>>>> read)
    {
        var after = "";
        while (true)
        {
            var page = await ServiceAway.Whole(read(after));
            foreach (var item in page.Items)
                yield return item;
            if (page.Next is not { Length: > 0 } next)
                yield break;
            after = "&after=" + Uri.EscapeDataString(next);
        }
    }
}
