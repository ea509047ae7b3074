using System.Linq.Expressions;
using Marten;
using Microsoft.Extensions.Logging;

namespace Stages.ServiceDefaults;

/// <summary>
/// Sweeps what is kept so that nothing is done twice: notes of messages consumed, and answers given to requests with a key. Every
/// copy of every service does so; two at once delete the same.
/// </summary>
public sealed class ForgetNotes(IDocumentStore store, Journal journal, TimeProvider clock, ILogger<ForgetNotes> logger)
    : RegularWork("Sweeping old notes", TimeSpan.FromMinutes(10), clock, logger)
{
    /// <summary>A message comes again within the hour or, from an error queue, while people still look there.</summary>
    public static readonly TimeSpan MessagesKept = TimeSpan.FromDays(30);

    /// <summary>A program that lost an answer repeats its request; after days it begins another.</summary>
    public static readonly TimeSpan AnswersKept = TimeSpan.FromDays(7);

    /// <summary>What one hour wrote in one transaction: a service that slept for months does not delete them all at once.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromHours(1);

    private readonly TimeProvider clock = clock;

    public override async Task Run(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await Forget<ConsumedMessage>(m => m.At, before => m => m.At < before, now - MessagesKept, cancel);
        await Forget<AnsweredRequest>(r => r.At, before => r => r.At < before, now - AnswersKept, cancel);
    }

    private async Task Forget<TNote>(
        Expression<Func<TNote, DateTimeOffset>> at,
        Func<DateTimeOffset, Expression<Func<TNote, bool>>> before,
        DateTimeOffset until,
        CancellationToken cancel
    )
        where TNote : notnull
    {
        while (await Oldest(at, cancel) is { } oldest && oldest < until)
        {
            var next = oldest + AtOnce;
            await journal.Decide(Decision.Nothing.AndDeleteWhere(before(next < until ? next : until)), cancel);
        }
    }

    private async Task<DateTimeOffset?> Oldest<TNote>(Expression<Func<TNote, DateTimeOffset>> at, CancellationToken cancel)
        where TNote : notnull
    {
        await using var session = store.QuerySession();
        return await session.Query<TNote>().OrderBy(at).Select(at).Take(1).ToListAsync(cancel) is [var oldest] ? oldest : null;
    }
}
