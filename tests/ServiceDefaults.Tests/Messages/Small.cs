using System.Collections.Concurrent;
using Marten;
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

/// <summary>How often a message was tried.</summary>
public sealed class Trials
{
    private readonly ConcurrentDictionary<Guid, int> counts = [];

    /// <summary>Somebody has mended the bug.</summary>
    public bool Mended { get; set; }

    public int Of(Guid message) => counts.GetValueOrDefault(message);

    public void Note(ConsumeContext context) => counts.AddOrUpdate(context.MessageId!.Value, 1, (_, count) => count + 1);
}

public sealed class KeyLearnedConsumer(Inbox inbox) : IConsumer<KeyLearned>
{
    public Task Consume(ConsumeContext<KeyLearned> context) =>
        inbox.Once(
            context,
            session =>
            {
                session.Store(new Key(context.Message.KeyId));
                return Task.CompletedTask;
            },
            known: $"key:{context.Message.KeyId}"
        );
}

public sealed class WordSaidConsumer(Inbox inbox, Trials trials) : IConsumer<WordSaid>
{
    public Task Consume(ConsumeContext<WordSaid> context) =>
        inbox.Once(
            context,
            async session =>
            {
                trials.Note(context);
                if (await session.LoadAsync<Key>(context.Message.KeyId, context.CancellationToken) is null)
                    throw new NotYetKnown($"key:{context.Message.KeyId}");
                session.Insert(Effect.Of(context, context.Message.Word));
            }
        );
}

public sealed class BugMetConsumer(Inbox inbox, Trials trials) : IConsumer<BugMet>
{
    public Task Consume(ConsumeContext<BugMet> context) =>
        inbox.Once(
            context,
            session =>
            {
                trials.Note(context);
                if (!trials.Mended)
                    throw new InvalidOperationException("A bug.");
                session.Insert(Effect.Of(context, context.Message.Word));
                return Task.CompletedTask;
            }
        );
}

public sealed class NewsOfTomorrowConsumer(Inbox inbox) : IConsumer<NewsOfTomorrow>
{
    public Task Consume(ConsumeContext<NewsOfTomorrow> context) =>
        inbox.Once(
            context,
            session =>
            {
                session.Insert(Effect.Of(context, context.Message.Word));
                return Task.CompletedTask;
            }
        );
}

internal static class Effect
{
    public static Said Of(ConsumeContext context, string word) =>
        new(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), context.MessageId!.Value, word);
}
