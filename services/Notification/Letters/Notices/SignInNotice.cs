namespace Stages.Notifications.Letters.Notices;

/// <summary>The link and the code with which a person proves the address; the Portal made them and checks them.</summary>
public sealed record SignInNotice(string Link, string Code, DateTimeOffset ExpiresAt, int Minutes) : Notice
{
    public const string Name = "sign-in";

    public override string Kind => Name;

    public override Urgency Urgency => Urgency.Now;

    public override DateTimeOffset? UselessAfter => ExpiresAt;

    public override Letter Write(Pen pen) =>
        new(
            pen.In($"Votre code de connexion : {Code}", $"Your sign-in code: {Code}"),
            pen.In("Connectez-vous", "Sign in"),
            pen.In(
                "Vous recevez ce message parce que cette adresse a été saisie sur la page de connexion.",
                "You receive this message because this address was typed on the sign-in page."
            ),
            new Says(pen.In("Voici le code à recopier sur la page de connexion :", "This is the code to copy to the sign-in page:")),
            new CodeToCopy(Code),
            new Says(pen.In("Ou, sur l’appareil où vous lisez ce message :", "Or, on the device on which you read this:")),
            new Button(pen.In("Me connecter", "Sign me in"), Link),
            new Aside(
                pen.In(
                    $"Le code et le lien servent une seule fois, pendant {Minutes} minutes. "
                        + $"Vous n’avez rien demandé ? Ignorez ce message : personne ne peut se connecter sans lui.",
                    $"The code and the link work once, for {Minutes} minutes. "
                        + $"You did not ask for this? Ignore it: nobody can sign in without it."
                )
            )
        );

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages de réussite : votre code de connexion est {Code}. Ne le donnez à personne.",
            $"Stages de réussite: your sign-in code is {Code}. Give it to nobody."
        );
}
