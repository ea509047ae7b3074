namespace Stages.ServiceDefaults;

/// <summary>
/// A server that is not ours did not do what we asked of it: it is away, or it says no, or nothing that can be read. Whoever waits for it
/// is told so, with its name, and may try again: nothing of ours was lost by it.
/// </summary>
/// <param name="server">As people know it.</param>
/// <param name="isAway">It may be back in a moment; else it answered, and the same may fail again.</param>
/// <param name="reason">For the log: never shown, since a foreign server may have written it.</param>
public abstract class ForeignServerFault(string server, bool isAway, string reason, Exception? cause = null)
    : Exception($"{server}: {reason}", cause)
{
    public const string Code = "foreign-server";

    public bool IsAway => isAway;

    public string Text =>
        isAway
            ? Say.In(
                $"{server} ne répond pas en ce moment : réessayez dans un instant. De votre côté, rien n’est perdu.",
                $"{server} does not answer at the moment: try again shortly. On your side nothing is lost."
            )
            : Say.In(
                $"{server} a répondu par une erreur : réessayez, et si cela dure, prévenez la coordination. Rien n’est perdu.",
                $"{server} answered with an error: try again, and if it lasts, tell the coordinators. Nothing is lost."
            );
}
