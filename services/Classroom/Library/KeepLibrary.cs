namespace Stages.Classrooms.Library;

/// <summary>How long the library keeps what it has, and what becomes of it when who proposed it is erased.</summary>
public static class KeepLibrary
{
    private const int AtOnce = 100;

    public static readonly RetentionRule Rule = new(
        "library",
        730,
        new LocalText(
            "Ressources de la bibliothèque, et qui les a proposées : depuis l’envoi",
            "Resources of the library, and who proposed them: since they were sent"
        ),
        async (services, before, cancel) =>
        {
            await using var query = services.GetRequiredService<IDocumentStore>().QuerySession();
            var old = await query.Query<Resource>().Where(r => r.At < before).Take(AtOnce).Select(r => r.Id).ToListAsync(cancel);
            await services.GetRequiredService<Journal>().Decide(Decision.All(old.Select(DecideOnResource.Forget)), cancel);
            return old.Count;
        }
    );

    /// <summary>What families use stays, as nobody's: the account is taken out of it with everything else. The rest goes.</summary>
    public static Decision ForgetProposed(Guid person, IReadOnlyList<Resource> theirs) =>
        Decision.All(theirs.Where(r => r.By == person && !r.IsAccepted).Select(r => DecideOnResource.Forget(r.Id)));
}
