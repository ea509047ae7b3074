using System.Collections.Concurrent;
using MassTransit;

namespace Stages.ServiceDefaults.Tests.Messages;

/// <summary>A key becomes known.</summary>
public sealed record KeyLearned(Guid KeyId);

/// <summary>Builds upon a key.</summary>
public sealed record WordSaid(Guid KeyId, string Word);

/// <summary>Its consumer has a bug.</summary>
public sealed record BugMet(string Word);

/// <summary>Older versions of the service do not know it.</summary>
public sealed record NewsOfTomorrow(string Word);

public sealed record Key(Guid Id);

/// <summary>The effect of one message; two for one message would be two documents.</summary>
public sealed record Said(Guid Id, Guid MessageId, string Word);

/// <summary>Kept by its version: who stores it must have read the newest.</summary>
public sealed record Tally(Guid Id, int Count);

public sealed record Named(Guid Person);

/// <summary>The page of a stream that names people.</summary>
public sealed record Whom(Guid Id, Guid Person)
{
    public static Whom Create(JasperFx.Events.IEvent<Named> e) => new(e.StreamId, e.Data.Person);

    public static Whom Apply(Named e, Whom s) => s with { Person = e.Person };
}

/// <summary>How often a message was tried.</summary>
public sealed class Trials
{
    private readonly ConcurrentDictionary<Guid, int> counts = [];

    /// <summary>Somebody has mended the bug.</summary>
    public bool Mended { get; set; }

    /// <summary>Called in the midst of every attempt, with how many there have been of that message.</summary>
    public Func<int, Task> During { get; set; } = _ => Task.CompletedTask;

    public int Of(Guid message) => counts.GetValueOrDefault(message);

    public Task Note(ConsumeContext context) => During(counts.AddOrUpdate(context.MessageId!.Value, 1, (_, count) => count + 1));
}

public sealed class KeyLearnedConsumer(Journal journal) : IConsumer<KeyLearned>
{
    public Task Consume(ConsumeContext<KeyLearned> context) =>
        journal.Consume(context, (_, m) => ValueTask.FromResult(Decision.Nothing.AndStore(new Key(m.KeyId)).AndKnown("key", m.KeyId)));
}

public sealed class WordSaidConsumer(Journal journal, Trials trials) : IConsumer<WordSaid>
{
    public Task Consume(ConsumeContext<WordSaid> context) =>
        journal.Consume(
            context,
            async (reading, m) =>
            {
                await trials.Note(context);
                return await reading.Load<Key>(m.KeyId) is null ? Decision.WaitsFor("key", m.KeyId) : Telling.Of(context, m.Word);
            }
        );
}

public sealed class BugMetConsumer(Journal journal, Trials trials) : IConsumer<BugMet>
{
    public Task Consume(ConsumeContext<BugMet> context) =>
        journal.Consume(
            context,
            async (_, m) =>
            {
                await trials.Note(context);
                return trials.Mended ? Telling.Of(context, m.Word) : throw new InvalidOperationException("A bug.");
            }
        );
}

public sealed class NewsOfTomorrowConsumer(Journal journal) : IConsumer<NewsOfTomorrow>
{
    public Task Consume(ConsumeContext<NewsOfTomorrow> context) =>
        journal.Consume(context, (_, m) => ValueTask.FromResult(Telling.Of(context, m.Word)));
}

internal static class Telling
{
    public static Decision Of(ConsumeContext context, string word) =>
        Decision.Nothing.AndInsert(new Said(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), context.MessageId!.Value, word));
}
