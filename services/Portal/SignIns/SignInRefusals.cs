namespace Stages.Portal.SignIns;

/// <summary>The code is wrong, spent or too old; the sentence is the same, so that a guesser learns nothing.</summary>
public sealed record CodeRefused()
    : Refusal(
        RefusalKind.Rule,
        "code-refused",
        "Ce code ne convient pas, ou il n’est plus valable. Vérifiez-le dans le dernier message reçu, ou demandez-en un autre.",
        "This code is not right, or no longer valid. Check it in the last message that you received, or ask for another."
    );

/// <summary>Too many wrong codes today, for this address or in this browser.</summary>
public sealed record CodesSpent()
    : Refusal(
        RefusalKind.Rule,
        "codes-spent",
        "Trop de codes faux ont été saisis aujourd’hui pour cette adresse : les codes n’y servent plus avant demain. "
            + "Ouvrez le lien du message : il marche toujours. Si le message n’en a pas, demandez-en un autre.",
        "Too many wrong codes were typed today for this address: codes are off until tomorrow. "
            + "Open the link in the message: it still works. If the message has none, ask for another."
    );

public sealed record LinkRefused()
    : Refusal(
        RefusalKind.Rule,
        "link-refused",
        "Ce lien a déjà servi ou date de plus de quinze minutes. Demandez-en un nouveau : c’est immédiat.",
        "This link has already been used or is more than fifteen minutes old. Ask for a new one: it comes at once."
    );

/// <summary>Enough messages have gone to this address for now: said plainly, with which still counts or when the next can go.</summary>
/// <param name="Latest">When the newest went that still counts; null when none does.</param>
public sealed record MailedEnough(int Count, DateTimeOffset? Latest, bool LinkAlone, DateTimeOffset Next)
    : Refusal(RefusalKind.Conflict, "mailed-enough", InFrench(Count, Latest, LinkAlone, Next), InEnglish(Count, Latest, LinkAlone, Next))
{
    private static string InFrench(int count, DateTimeOffset? latest, bool linkAlone, DateTimeOffset next)
    {
        var sent = $"Nous vous avons déjà envoyé {(count == 1 ? "un message" : $"{count} messages")} : ";
        if (latest is not { } at)
            return sent + $"aucun ne marche plus. Le prochain pourra partir à {Hours.Fr(next)}.";
        var which = linkAlone ? "le lien du plus récent" : "le plus récent";
        return sent + $"{which}, de {Hours.Fr(at)}, marche encore jusqu’à {Hours.Fr(at + SignInRules.Life)}.";
    }

    private static string InEnglish(int count, DateTimeOffset? latest, bool linkAlone, DateTimeOffset next)
    {
        var sent = $"We have already sent you {(count == 1 ? "one message" : $"{count} messages")}: ";
        if (latest is not { } at)
            return sent + $"none works any more. The next can go at {Hours.En(next)}.";
        var which = linkAlone ? "the link in the latest" : "the latest";
        return sent + $"{which}, of {Hours.En(at)}, still works until {Hours.En(at + SignInRules.Life)}.";
    }
}

/// <summary>One client, or everybody together, has had what it gets in a quarter of an hour or in a day.</summary>
/// <param name="Ours">True when the budget of all is spent.</param>
/// <param name="Again">When there is room; null for tomorrow.</param>
public sealed record BudgetSpent(bool Ours, bool Codes, DateTimeOffset? Again)
    : Refusal(
        RefusalKind.Conflict,
        Ours ? "sign-ins-spent" : "client-spent",
        (
            Ours
                ? "Le service reçoit en ce moment trop de demandes de connexion. "
                : "Trop de demandes de connexion viennent de votre réseau. "
        )
            + (Codes ? "Ouvrez le lien du message : il marche toujours. Sinon, réessayez " : "Réessayez ")
            + (Again is { } at ? $"à partir de {Hours.Fr(at)}" : "demain")
            + ", ou depuis un appareil où vous vous êtes déjà connecté.",
        (Ours ? "The service is getting too many sign-in requests at present. " : "Too many sign-in requests come from your network. ")
            + (Codes ? "Open the link in the message: it still works. Otherwise try again " : "Try again ")
            + (Again is { } from ? $"from {Hours.En(from)}" : "tomorrow")
            + ", or on a device where you have signed in before."
    );
