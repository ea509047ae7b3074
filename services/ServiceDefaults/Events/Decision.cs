using System.Linq.Expressions;

namespace Stages.ServiceDefaults;

/// <summary>
/// What a rule answers: events, and what else is written with them, in one transaction or not at all; or a refusal; or, for a message,
/// what it has to wait for. A value: whoever decides writes nothing.
/// </summary>
public sealed record Decision
{
    private Decision() { }

    /// <summary>For the stream on which was decided.</summary>
    public IReadOnlyList<object> Events { get; private init; } = Listed<object>.None;

    /// <summary>What is written beside: events of other streams, documents. In the order in which it was said.</summary>
    public IReadOnlyList<Effect> Effects { get; private init; } = Listed<Effect>.None;

    public Refusal? Refusal { get; private init; }

    /// <summary>What must be known here before this message can be taken.</summary>
    public Awaited? Waits { get; private init; }

    /// <summary>The keys that become known with it: messages that wait for them are taken up.</summary>
    public IReadOnlyList<string> Known { get; private init; } = Listed<string>.None;

    public bool ChangesNothing => Events.Count == 0 && Effects.Count == 0;

    /// <summary>Nothing to change: the command had already been obeyed.</summary>
    public static Decision Nothing { get; } = new();

    public static Decision Of(params object[] events) => Of((IEnumerable<object>)events);

    public static Decision Of(IEnumerable<object> events) => new() { Events = new Listed<object>(events) };

    /// <summary>The message builds upon something that is not known here yet.</summary>
    /// <param name="kind">In the word of the message that brings it: <c>campaign</c>, <c>stage</c>.</param>
    /// <param name="until">When to look again at the latest, for a rule that does without it after a while.</param>
    public static Decision WaitsFor(string kind, Guid id, DateTimeOffset? until = null) => new() { Waits = new Awaited(kind, id, until) };

    public static implicit operator Decision(Refusal refusal) => new() { Refusal = refusal };

    /// <summary>The first refusal, or the first wait, stands for all; else everything is written.</summary>
    public static Decision All(IEnumerable<Decision> decisions) => decisions.Aggregate(Nothing, (all, next) => all.And(next));

    /// <summary>The same decision, taken on another stream than the addressed one: its events are that stream's.</summary>
    public Decision At(Guid stream) =>
        Events.Count == 0
            ? this
            : this with
            {
                Events = Listed<object>.None,
                Effects = new Listed<Effect>([new Effect.Append(stream, Events), .. Effects]),
            };

    public Decision And(Decision other) =>
        (Refusal is not null || Waits is not null) ? this
        : (other.Refusal is not null || other.Waits is not null) ? other
        : new()
        {
            Events = new Listed<object>([.. Events, .. other.Events]),
            Effects = new Listed<Effect>([.. Effects, .. other.Effects]),
            Known = new Listed<string>([.. Known, .. other.Known]),
        };

    public Decision And(Guid stream, params object[] events) =>
        events.Length == 0 ? this : With(new Effect.Append(stream, new Listed<object>(events)));

    public Decision AndStart<TState>(Guid stream, params object[] events) =>
        With(new Effect.Start(typeof(TState), stream, new Listed<object>(events)));

    public Decision AndStore<TDocument>(params TDocument[] documents)
        where TDocument : notnull => documents.Length == 0 ? this : With(new Effect.Store<TDocument>(new Listed<TDocument>(documents)));

    /// <summary>As <see cref="AndStore"/>, for what nobody may have written meanwhile: then it is decided again.</summary>
    public Decision AndInsert<TDocument>(params TDocument[] documents)
        where TDocument : notnull => documents.Length == 0 ? this : With(new Effect.Insert<TDocument>(new Listed<TDocument>(documents)));

    public Decision AndDelete<TDocument>(Guid id)
        where TDocument : notnull => With(new Effect.Delete<TDocument>(id));

    /// <summary>One member of a document, if it is still there.</summary>
    public Decision AndSet<TDocument, TMember>(Guid id, Expression<Func<TDocument, TMember>> member, TMember value)
        where TDocument : notnull => With(new Effect.Set<TDocument, TMember>(id, member, value));

    public Decision AndDeleteWhere<TDocument>(Expression<Func<TDocument, bool>> which)
        where TDocument : notnull => With(new Effect.DeleteWhere<TDocument>(which));

    /// <summary>The stream and its events are deleted for good.</summary>
    public Decision AndForget(Guid stream) => With(new Effect.Forget(stream));

    /// <summary>For the tables that are no documents.</summary>
    public Decision AndSql(string statement, params object[] parameters) => With(new Effect.Sql(statement, new Listed<object>(parameters)));

    /// <summary>From now on this is known here: see <see cref="WaitsFor"/>.</summary>
    public Decision AndKnown(string kind, Guid id) => this with { Known = new Listed<string>([.. Known, Awaited.KeyOf(kind, id)]) };

    /// <summary>What the caller wants to know of a decision that is carried out.</summary>
    public Decision<TResult> Giving<TResult>(TResult result) => new(this, result);

    /// <summary>How many events it adds to this stream, when that one is addressed.</summary>
    internal int CountAt(Guid stream) =>
        Events.Count + Effects.OfType<Effect.Append>().Where(a => a.Stream == stream).Sum(a => a.Events.Count);

    private Decision With(Effect effect) => this with { Effects = new Listed<Effect>([.. Effects, effect]) };
}

/// <summary>A decision, and what its caller wants to know of it.</summary>
public sealed record Decision<TResult>(Decision What, TResult? Result)
{
    public IReadOnlyList<object> Events => What.Events;

    public Refusal? Refusal => What.Refusal;

    public static implicit operator Decision<TResult>(Decision decision) => new(decision, default);

    public static implicit operator Decision<TResult>(Refusal refusal) => new(refusal, default);
}

/// <summary>What a message waits for, by the kind and id under which it will become known.</summary>
public sealed record Awaited(string Kind, Guid Id, DateTimeOffset? Until = null)
{
    public string Key => KeyOf(Kind, Id);

    public static string KeyOf(string kind, Guid id) => $"{kind}:{id}";
}

/// <summary>What became of a command: the version of the stream after it, or the refusal.</summary>
/// <param name="Repeated">An earlier request with the same Idempotency-Key had done it; <paramref name="Id"/> is that one's.</param>
public record Outcome(Guid Id, long Version, Refusal? Refusal = null, bool Repeated = false)
{
    public bool Refused => Refusal is not null;
}

/// <summary>An outcome with what the decision gave; nothing when it was refused or repeated.</summary>
public sealed record Outcome<TResult>(Guid Id, long Version, TResult? Result, Refusal? Refusal = null, bool Repeated = false)
    : Outcome(Id, Version, Refusal, Repeated);
