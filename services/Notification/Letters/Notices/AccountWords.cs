namespace Stages.Notifications.Letters.Notices;

/// <param name="Fact">What <see cref="AccountNotice.About"/> is called in the letter.</param>
public sealed record AccountWording(LocalText Title, LocalText Said, LocalText Fact);

/// <summary>What to do about it, and where.</summary>
public sealed record AccountAct(LocalText Text, LocalText Button, string Path);

/// <summary>The words of letters about accounts, one line for each of <see cref="AccountNews"/>.</summary>
public static class AccountWords
{
    private static readonly LocalText Device = new("Appareil", "Device");
    private static readonly LocalText Provider = new("Par", "Through");
    private static readonly LocalText Role = new("Rôle", "Role");

    private static readonly AccountAct Sessions = new(
        new(
            "C’était vous ? Vous n’avez rien à faire. Sinon, ouvrez votre compte et déconnectez ce que vous ne reconnaissez pas, "
                + "puis prévenez l’académie.",
            "Was it you? There is nothing to do. If not, open your account and sign out what you do not recognise, then tell the académie."
        ),
        new("Voir mes connexions", "See where I am signed in"),
        "/compte"
    );

    private static readonly AccountAct Factors = new(
        new(
            "C’était vous ? Vous n’avez rien à faire. Sinon, enlevez ce que vous ne reconnaissez pas, déconnectez les autres appareils, "
                + "puis prévenez l’académie.",
            "Was it you? There is nothing to do. If not, remove what you do not recognise, sign out the other devices, "
                + "then tell the académie."
        ),
        new("Voir ma double authentification", "See my second step"),
        "/compte/double-authentification"
    );

    private static readonly AccountAct SignIn = new(
        new(
            "Vous ne vous y attendiez pas ? Prévenez l’académie : elle vous dira pourquoi.",
            "You did not expect this? Tell the académie: it will say why."
        ),
        new("Me connecter", "Sign in"),
        "/connexion"
    );

    public static AccountWording Of(string what) =>
        what switch
        {
            AccountNews.NewBrowser => new(
                new("Nouvelle connexion à votre compte", "New sign-in to your account"),
                new(
                    "Quelqu’un vient de se connecter avec votre adresse ou votre numéro, "
                        + "dans un navigateur que nous n’avions pas encore vu.",
                    "Somebody has just signed in with your address or number, in a browser that we had not seen before."
                ),
                Device
            ),
            AccountNews.PasskeyAdded => new(
                new("Une clé d’accès a été ajoutée", "A passkey was added"),
                new("Une clé d’accès de plus ouvre votre compte.", "One more passkey opens your account."),
                Device
            ),
            AccountNews.PasskeyRemoved => new(
                new("Une clé d’accès a été enlevée", "A passkey was removed"),
                new("Cette clé d’accès n’ouvre plus votre compte.", "This passkey no longer opens your account."),
                Device
            ),
            AccountNews.AppSet => new(
                new("Une application d’authentification est installée", "An authenticator app was set up"),
                new(
                    "Les codes d’une application d’authentification ouvrent désormais votre compte.",
                    "The codes of an authenticator app open your account from now on."
                ),
                Device
            ),
            AccountNews.AppChanged => new(
                new("Votre application d’authentification a changé", "Your authenticator app was changed"),
                new(
                    "Une autre application d’authentification remplace celle d’avant, dont les codes ne comptent plus.",
                    "Another authenticator app stands in place of the one before, whose codes no longer count."
                ),
                Device
            ),
            AccountNews.CodesMade => new(
                new("De nouveaux codes de secours ont été faits", "New recovery codes were made"),
                new("Ceux que vous aviez notés avant ne comptent plus.", "Those that you had noted before no longer count."),
                Device
            ),
            AccountNews.CodeUsed => new(
                new("Un code de secours a servi", "A recovery code was used"),
                new(
                    "Quelqu’un a montré l’un de vos codes de secours à la place de votre téléphone ou de votre clé.",
                    "Somebody showed one of your recovery codes in place of your phone or your key."
                ),
                Device
            ),
            AccountNews.FactorReset => new(
                new("Votre double authentification est remise à zéro", "Your second step was reset"),
                new(
                    "Un administrateur l’a enlevée et vous a déconnecté partout. "
                        + "Vous en installerez une autre à votre prochaine connexion.",
                    "An administrator took it away and signed you out everywhere. You will set up another at your next sign-in."
                ),
                Device
            ),
            AccountNews.ProviderLinked => new(
                new("Votre compte s’ouvre d’une façon de plus", "Your account opens in one more way"),
                new(
                    "Un compte d’un autre service est désormais relié au vôtre : qui s’y connecte entre ici.",
                    "An account of another service is now linked to yours: who signs in there comes in here."
                ),
                Provider
            ),
            AccountNews.ProviderUnlinked => new(
                new("Un compte n’est plus relié au vôtre", "An account is no longer linked to yours"),
                new(
                    "Qui se connecte à cet autre service n’entre plus ici sans prouver votre adresse.",
                    "Who signs in to that other service no longer comes in here without proving your address."
                ),
                Provider
            ),
            AccountNews.RoleGiven => new(
                new("Un rôle de l’académie vous est confié", "You hold a role of the académie"),
                new(
                    "Voici le rôle que vous avez désormais dans ce service.",
                    "This is the role that you have in this service from now on."
                ),
                Role
            ),
            AccountNews.RoleTaken => new(
                new("Votre rôle vous est retiré", "Your role was taken back"),
                new("Vous n’avez plus ce rôle dans ce service.", "You no longer have this role in this service."),
                Role
            ),
            AccountNews.SessionsEnded => new(
                new("Vous êtes déconnecté partout", "You are signed out everywhere"),
                new(
                    "Un administrateur a mis fin à toutes vos connexions. Vous pouvez vous reconnecter.",
                    "An administrator ended all your sessions. You can sign in again."
                ),
                Device
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "An account letter without words."),
        };

    public static AccountAct ActOn(string what) =>
        what switch
        {
            AccountNews.NewBrowser or AccountNews.ProviderLinked or AccountNews.ProviderUnlinked => Sessions,
            AccountNews.FactorReset or AccountNews.RoleGiven or AccountNews.RoleTaken or AccountNews.SessionsEnded => SignIn,
            _ => Factors,
        };
}
