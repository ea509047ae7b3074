using System.Globalization;

namespace Stages.Classrooms.Sessions;

public sealed record OnlyRehearsal()
    : Refusal(
        RefusalKind.Conflict,
        "rehearsal",
        "C’est une répétition : rien n’en est gardé ni envoyé.",
        "This is a rehearsal: nothing of it is kept or sent."
    );

public sealed record TooEarly(DateTimeOffset OpensAt)
    : Refusal(
        RefusalKind.Conflict,
        "too-early",
        "La classe ouvre un quart d’heure avant le début de la séance.",
        "The class opens a quarter of an hour before the session starts."
    )
{
    public override IReadOnlyDictionary<string, object?> Details =>
        Detail("opensAt", OpensAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
}

public sealed record Over() : Refusal(RefusalKind.Conflict, "over", "Cette séance est terminée.", "This session is over.");

public sealed record ModuleCancelled()
    : Refusal(RefusalKind.Conflict, "cancelled", "Cette séance n’a pas lieu.", "This session does not take place.");

public sealed record NotOfThisClass()
    : Refusal(
        RefusalKind.Forbidden,
        "not-of-this-class",
        "Cette classe est réservée à son groupe : son enseignant, ses élèves et leur coordonnateur.",
        "This class is for its group alone: its teacher, its pupils and their coordinator."
    );

public sealed record WhichPupil(IReadOnlyList<PupilChoice> Pupils)
    : Refusal(
        RefusalKind.Conflict,
        "which-pupil",
        "Plusieurs de vos enfants sont dans cette classe : précisez lequel la rejoint.",
        "Several of your children are in this class: say which one joins."
    )
{
    public override IReadOnlyDictionary<string, object?> Details => Detail("pupils", Pupils);
}

public sealed record PupilChoice(Guid EnrolmentId, string FirstName);

public sealed record RemovedFromClass()
    : Refusal(
        RefusalKind.Forbidden,
        "removed",
        "L’enseignant vous a demandé de quitter cette classe. Contactez le coordonnateur si vous ne comprenez pas pourquoi.",
        "The teacher asked you to leave this class. Contact the coordinator if you do not understand why."
    );

public sealed record TicketUnknown()
    : Refusal(
        RefusalKind.Forbidden,
        "ticket-unknown",
        "Ce lien a déjà servi ou n’est plus valable. Revenez à votre planning et choisissez de nouveau « Rejoindre la classe ».",
        "This link was already used or is no longer valid. Go back to your timetable and choose “Join the class” again."
    );
