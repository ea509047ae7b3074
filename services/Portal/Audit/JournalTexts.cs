namespace Stages.Portal.Audit;

/// <summary>The log's words as people read them.</summary>
public static class JournalTexts
{
    public static string Kind(string kind) =>
        kind switch
        {
            AuditKinds.SignIn => Say.In("Connexion", "Sign-in"),
            AuditKinds.SignInRefused => Say.In("Connexion refusée", "Sign-in refused"),
            AuditKinds.SecondFactor => Say.In("Double authentification montrée", "Second step shown"),
            AuditKinds.SecondFactorRefused => Say.In("Double authentification refusée", "Second step refused"),
            AuditKinds.SecondFactorChanged => Say.In("Double authentification modifiée", "Second step changed"),
            AuditKinds.SecondFactorReset => Say.In("Double authentification remise à zéro", "Second step reset"),
            AuditKinds.SessionEnded => Say.In("Session terminée", "Session ended"),
            AuditKinds.Role => Say.In("Rôle donné ou retiré", "Role given or removed"),
            AuditKinds.Refused => Say.In("Accès refusé", "Access refused"),
            AuditKinds.Forged => Say.In("Formulaire refusé (sans jeton)", "Form refused (without its token)"),
            AuditKinds.Read => Say.In("Dossier d’élève lu", "Pupil’s file read"),
            AuditKinds.Export => Say.In("Données emportées", "Data taken away"),
            AuditKinds.Erasure => Say.In("Données effacées", "Data erased"),
            AuditKinds.Journal => Say.In("Journal lu", "Audit log read"),
            _ => kind,
        };

    /// <summary>The way that was taken stays as it is; what was done there is said.</summary>
    public static string What(string what)
    {
        var at = what.LastIndexOf(": ", StringComparison.Ordinal);
        return at < 0 ? what : what[..at] + Say.In(" : ", ": ") + Deed(what[(at + 2)..]);
    }

    private static string Deed(string deed) =>
        deed switch
        {
            "own data" => Say.In("ses propres données", deed),
            "all" => Say.In("tout", deed),
            "passkey removed" => Say.In("clé d’accès enlevée", deed),
            "recovery codes" => Say.In("nouveaux codes de secours", "new recovery codes"),
            "set up" => Say.In("installée", deed),
            "reset" => Say.In("remise à zéro", deed),
            "all of a person" => Say.In("toutes celles d’une personne", deed),
            "everybody" => Say.In("tout le monde", deed),
            "dismissed" => Say.In("rôle retiré", "role removed"),
            _ when deed.Split(' ', 3) is ["appointed", var role, .. var territory] =>
                $"{Say.In("rôle donné", "role given")}, {Role(role)}{(territory is [var t] ? $", {Territories.Name(t)}" : "")}",
            _ => deed,
        };

    public static string Role(string role) =>
        role switch
        {
            Roles.Family => Say.In("famille", "family"),
            Roles.Teacher => Say.In("enseignant", "teacher"),
            Roles.Coordinator => Say.In("coordination", "coordinator"),
            Roles.Admin => Say.In("administration", "administrator"),
            Roles.Service => Say.In("le service lui-même", "the service itself"),
            _ => Say.In("personne de connecté", "nobody signed in"),
        };

    /// <summary>Enough to tell lines apart; a link has the whole.</summary>
    public static string Short(Guid id) => id.ToString()[..8] + "…";
}
