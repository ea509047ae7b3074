namespace Stages.Enrolments;

/// <summary>
/// What an account may read, and who is like the child, for whoever enrols. On the first evening thousands ask at once: those who ask
/// while one query is under way share the next one.
/// </summary>
public sealed class OwnEnrolments(IDocumentStore store) : Batches<OwnEnrolments.Asked>(OwnEnrolments.Readers, OwnEnrolments.Most)
{
    /// <summary>Two: one query is answered while the other is being asked.</summary>
    private const int Readers = 2;

    private const int Most = 100;

    /// <summary>A question mark is an operator here, so that values stand behind another sign.</summary>
    private const string OfAny = $"where {FamilyQuery.FamilyIds} ?| ^ or {FamilyQuery.ChildKey} = any(^)";

    /// <summary>One who waits for an answer.</summary>
    /// <param name="Child">See <see cref="Doubles.KeyOf"/>.</param>
    public sealed record Asked(Guid Account, string Child)
    {
        internal TaskCompletionSource<IReadOnlyList<Enrolment>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Of all campaigns what the account may read, and whatever is of a child of this key.</summary>
    public async Task<IReadOnlyList<Enrolment>> Of(Guid account, string child, CancellationToken cancel)
    {
        var asked = new Asked(account, child);
        await Add(asked, cancel);
        return await asked.Answer.Task.WaitAsync(cancel);
    }

    protected override async Task Take(List<Asked> batch)
    {
        try
        {
            await using var session = store.QuerySession();
            var accounts = batch.Select(a => a.Account.ToString()).Distinct(StringComparer.Ordinal).ToArray();
            var children = batch.Select(a => a.Child).Distinct(StringComparer.Ordinal).ToArray();
            var found = await session.QueryAsync<Enrolment>('^', OfAny, CancellationToken.None, accounts, children);
            var own = found.SelectMany(e => e.FamilyIds.Select(id => (id, e))).ToLookup(x => x.id, x => x.e);
            var like = found.ToLookup(e => e.ChildKey, StringComparer.Ordinal);
            foreach (var asked in batch)
                asked.Answer.SetResult([.. own[asked.Account].Union(like[asked.Child])]);
        }
        catch (Exception e)
        {
            foreach (var asked in batch)
                asked.Answer.TrySetException(e);
        }
    }
}
