using System.Linq.Expressions;
using Marten.Patching;

namespace Stages.ServiceDefaults;

/// <summary>One thing that a <see cref="Decision"/> has written beside the events of its own stream.</summary>
public abstract record Effect
{
    private Effect() { }

    internal abstract void Write(IDocumentSession session);

    /// <summary>The kind of document that this overwrites, if it does.</summary>
    internal virtual Type? Overwrites => null;

    /// <summary>Events of an existing stream; with the version at which <see cref="Reading"/> gave it, where it did.</summary>
    public sealed record Append(Guid Stream, IReadOnlyList<object> Events) : Effect
    {
        internal override void Write(IDocumentSession session) => session.Events.Append(Stream, Events);
    }

    public sealed record Start(Type State, Guid Stream, IReadOnlyList<object> Events) : Effect
    {
        internal override void Write(IDocumentSession session) => session.Events.StartStream(State, Stream, Events);
    }

    public sealed record Forget(Guid Stream) : Effect
    {
        internal override void Write(IDocumentSession session) => session.Events.TombstoneStream(Stream);
    }

    public sealed record Store<TDocument>(IReadOnlyList<TDocument> Documents) : Effect
        where TDocument : notnull
    {
        internal override Type? Overwrites => typeof(TDocument);

        internal override void Write(IDocumentSession session) => session.Store<TDocument>([.. Documents]);
    }

    public sealed record Insert<TDocument>(IReadOnlyList<TDocument> Documents) : Effect
        where TDocument : notnull
    {
        internal override void Write(IDocumentSession session) => session.Insert<TDocument>([.. Documents]);
    }

    public sealed record Delete<TDocument>(Guid Id) : Effect
        where TDocument : notnull
    {
        internal override void Write(IDocumentSession session) => session.Delete<TDocument>(Id);
    }

    /// <summary>One member of a document. One that was deleted meanwhile stays so, which storing it whole would undo.</summary>
    public sealed record Set<TDocument, TMember>(Guid Id, Expression<Func<TDocument, TMember>> Member, TMember Value) : Effect
        where TDocument : notnull
    {
        internal override void Write(IDocumentSession session) => session.Patch<TDocument>(Id).Set(Member, Value);
    }

    public sealed record DeleteWhere<TDocument>(Expression<Func<TDocument, bool>> Which) : Effect
        where TDocument : notnull
    {
        internal override void Write(IDocumentSession session) => session.DeleteWhere(Which);
    }

    public sealed record Sql(string Statement, IReadOnlyList<object> Parameters) : Effect
    {
        internal override void Write(IDocumentSession session) => session.QueueSqlCommand(Statement, [.. Parameters]);
    }
}
