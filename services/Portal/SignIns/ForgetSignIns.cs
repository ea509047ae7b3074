namespace Stages.Portal.SignIns;

/// <summary>
/// Sign-ins end by themselves within a day (<see cref="SignInSweep"/>), and what that left behind ends here. Not a setting: how long
/// guesses are counted is a matter of <see cref="SignInRules"/>.
/// </summary>
public static class ForgetSignIns
{
    public static readonly RetentionRule Rule = RetentionRule.Of<AddressSignIns>(
        "sign-ins",
        1,
        new LocalText(
            "Demandes de connexion, sans l’adresse : depuis la dernière",
            "Requests to sign in, without the address: since the last"
        ),
        signIns => signIns.EndsAt,
        before => signIns => signIns.EndsAt < before
    );
}
