namespace Stages.Notifications.Letters.Notices;

/// <summary>The link and the code with which a person proves the address; the Portal made them and checks them.</summary>
/// <param name="Code">Null when codes are off for this address: the link alone.</param>
/// <param name="OnlyThere">The code works in the browser that asked alone.</param>
public sealed record SignInNotice(string Link, string? Code, DateTimeOffset ExpiresAt, int Minutes, bool OnlyThere = false) : Notice
{
    public const string Name = "sign-in";

    public override string Kind => Name;

    public override Urgency Urgency => Urgency.Now;

    public override DateTimeOffset? UselessAfter => ExpiresAt;

    public override bool IsSecret => true;

    public override bool GoesToStrangers => true;

    // No code in the subject: a locked telephone shows it, and mail servers write it into their logs.
    public override Letter Write(Pen pen) =>
        new(
            pen.In("Se connecter aux stages de réussite", "Sign in to the Stages de réussite"),
            pen.In("Connectez-vous", "Sign in"),
            pen.In(
                "Vous recevez ce message parce que cette adresse a été saisie sur la page de connexion.",
                "You receive this message because this address was typed on the sign-in page."
            ),
            [.. OfCode(pen), new Button(pen.In("Me connecter", "Sign me in"), Link), new Aside(Terms(pen))]
        );

    public override string Short(Pen pen) =>
        Code is null
            ? pen.In($"Stages de réussite, pour vous connecter : {Link}", $"Stages de réussite, to sign in: {Link}")
            : pen.In(
                $"Stages de réussite : votre code de connexion est {Code}. Ne le donnez à personne.",
                $"Stages de réussite: your sign-in code is {Code}. Give it to nobody."
            );

    private IEnumerable<Block> OfCode(Pen pen)
    {
        if (Code is null)
        {
            yield return pen.Says(
                "Trop de codes faux ont été saisis aujourd’hui pour votre adresse : ce message n’en a pas. Voici son lien :",
                "Too many wrong codes were typed for your address today: this message has none. Sign in with this link:"
            );
            yield break;
        }
        yield return new Says(
            OnlyThere
                ? pen.In(
                    "Voici le code à recopier sur la page de connexion, dans le navigateur où vous l’avez demandé :",
                    "This is the code to copy to the sign-in page, in the browser in which you asked for it:"
                )
                : pen.In("Voici le code à recopier sur la page de connexion :", "This is the code to copy to the sign-in page:")
        );
        yield return new CodeToCopy(Code);
        yield return pen.Says("Ou, sur l’appareil où vous lisez ce message :", "Or, on the device on which you read this:");
    }

    private string Terms(Pen pen) =>
        (
            Code is null
                ? pen.In($"Le lien sert une seule fois, pendant {Minutes} minutes. ", $"The link works once, for {Minutes} minutes. ")
                : pen.In(
                    $"Le code et le lien servent une seule fois, pendant {Minutes} minutes. ",
                    $"The code and the link work once, for {Minutes} minutes. "
                )
        )
        + pen.In(
            "Vous n’avez rien demandé ? Ignorez ce message : personne ne peut se connecter sans lui.",
            "You did not ask for this? Ignore it: nobody can sign in without it."
        );
}
