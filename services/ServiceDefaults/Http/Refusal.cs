namespace Stages.ServiceDefaults;

/// <summary>What kind of no: each maps to one HTTP status (400, 403, 404, 409, 412, 422, 429).</summary>
public enum RefusalKind
{
    /// <summary>The request's shape is wrong: 400.</summary>
    Shape = 400,

    /// <summary>The caller may not do this: 403.</summary>
    Forbidden = 403,

    /// <summary>No such thing, or none that the caller may know of: 404.</summary>
    NotFound = 404,

    /// <summary>The present state does not allow it: 409.</summary>
    Conflict = 409,

    /// <summary>Somebody changed it first: 412.</summary>
    Stale = 412,

    /// <summary>Well-formed, but against a rule: 422.</summary>
    Rule = 422,

    /// <summary>More than anybody needs: 429.</summary>
    TooMany = 429,
}

/// <summary>
/// A decision's no, as a value. Each kind of refusal of a service is a one-line record deriving from this one, with a stable code
/// and its sentence in both languages; <see cref="Problems"/> maps them all to RFC 9457 problem details.
/// </summary>
public abstract record Refusal(RefusalKind Kind, string Code, string Fr, string En)
{
    /// <summary>By field path, where a field is to blame (<c>wishes[1].subject</c>).</summary>
    public virtual IReadOnlyDictionary<string, string[]>? Errors => null;

    /// <summary>Further members of the problem, such as the conflicts of a move.</summary>
    public virtual IReadOnlyDictionary<string, object?>? Details => null;

    public string Text => Say.In(Fr, En);

    protected static IReadOnlyDictionary<string, object?> Detail(string name, object value) =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = value };
}

/// <summary>The aggregate does not exist, or is not the caller's to see.</summary>
public sealed record NotFound()
    : Refusal(RefusalKind.NotFound, "not-found", "Cette page ou cet élément n’existe pas.", "There is no such thing here.");

/// <summary>The caller is known but may not do this.</summary>
public sealed record NotAllowed()
    : Refusal(
        RefusalKind.Forbidden,
        "forbidden",
        "Votre rôle ou votre territoire ne permet pas cette action.",
        "Your role or territory does not allow this."
    );

/// <summary>If-Match named an older version.</summary>
public sealed record StaleVersion(long Current)
    : Refusal(
        RefusalKind.Stale,
        "stale",
        "Quelqu’un a modifié cet élément entre-temps. Rechargez-le, puis recommencez : rien n’a été perdu.",
        "Somebody changed this in the meantime. Reload it and try again: nothing was lost."
    )
{
    public override IReadOnlyDictionary<string, object?> Details => Detail("currentVersion", Current);
}

/// <summary>The same Idempotency-Key came with another body.</summary>
public sealed record KeyReused()
    : Refusal(
        RefusalKind.Rule,
        "idempotency-key-reused",
        "Cette clé d’idempotence a déjà servi pour un autre contenu.",
        "This idempotency key was already used with another body."
    );

/// <summary>One field breaks a rule that only the state can tell.</summary>
public sealed record FieldRefused(string Field, string Code, string Fr, string En) : Refusal(RefusalKind.Rule, Code, Fr, En)
{
    public override IReadOnlyDictionary<string, string[]> Errors =>
        new Dictionary<string, string[]>(StringComparer.Ordinal) { [Field] = [Text] };
}

/// <summary>Several fields break rules that only the state can tell; all are named at once.</summary>
public sealed record FieldsRefused(IReadOnlyList<FieldRefused> Fields)
    : Refusal(
        RefusalKind.Rule,
        "rules",
        "Certaines réponses ne conviennent pas à cette campagne.",
        "Some answers do not fit this campaign."
    )
{
    public override IReadOnlyDictionary<string, string[]> Errors =>
        Fields
            .GroupBy(f => f.Field, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(f => f.Text).ToArray(), StringComparer.Ordinal);
}
