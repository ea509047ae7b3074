namespace Stages.Notifications.Letters.Notices;

/// <summary>
/// Somebody gave this address for a guardian or a teacher; its reader says whether it is theirs. The one message that goes to somebody
/// who has asked for nothing, and so without a word that anybody typed: no name, no school, no campaign.
/// </summary>
/// <param name="Code">See <see cref="Addresses.AddressCode"/>.</param>
/// <param name="ForTeacher">Given for a teacher; else for a guardian.</param>
public sealed record ConfirmAddressNotice(string Code, bool ForTeacher) : Notice
{
    public const string Name = "confirm-address";

    public override string Kind => Name;

    public override bool IsSecret => true;

    public override bool GoesToStrangers => true;

    public override Letter Write(Pen pen) =>
        new(
            pen.In("Cette adresse est-elle la vôtre ?", "Is this address yours?"),
            pen.In("Cette adresse est-elle la vôtre ?", "Is this address yours?"),
            pen.In(
                "Vous recevez ce message, une seule fois, parce que cette adresse a été saisie sur le service.",
                "You receive this message, once, because this address was typed into the service."
            ),
            new Says(pen.In("Bonjour,", "Hello,")),
            pen.Says(
                ForTeacher
                    ? "Quelqu’un a donné cette adresse comme celle d’un enseignant qui encadre des stages de réussite : "
                        + "des cours gratuits à distance, pendant les vacances, organisés par l’académie."
                    : "Quelqu’un a donné cette adresse comme celle d’un parent (ou responsable) d’un élève, pour des stages de réussite : "
                        + "des cours gratuits à distance, pendant les vacances, organisés par l’académie.",
                ForTeacher
                    ? "Somebody gave this address as that of a teacher of stages de réussite: "
                        + "free remote lessons during the holidays, organised by the académie."
                    : "Somebody gave this address as that of a pupil’s parent (or guardian) for stages de réussite: "
                        + "free remote lessons during the holidays, organised by the académie."
            ),
            pen.Says(
                "Dites-nous si c’est bien vous. Nous n’écrirons rien d’autre ici avant votre réponse.",
                "Tell us whether it is you. We write nothing else here before you answer."
            ),
            new Button(pen.In("Répondre", "Answer"), pen.Links.Address(Code)),
            new Aside(
                pen.In(
                    "Ce n’est pas vous, ou vous ne savez pas de quoi il s’agit ? La même page vous laisse le dire : "
                        + "nous n’écrirons plus jamais à cette adresse pour cela. Et si vous ne faites rien, rien de plus n’arrive.",
                    "It is not you, or you do not know what this is about? You can say so on the same page: "
                        + "we will never write to this address about it again. And if you do nothing, nothing more comes."
                )
            )
        );

    public override string Short(Pen pen) =>
        ForTeacher
            ? pen.In(
                $"Stages de réussite : ce numéro est donné pour un enseignant. Est-ce le vôtre ? Répondez : {pen.Links.Address(Code)}",
                $"Stages de réussite: this number was given for a teacher. Is it yours? Answer: {pen.Links.Address(Code)}"
            )
            : pen.In(
                $"Stages de réussite : ce numéro est donné pour un parent d’élève. Est-ce le vôtre ? Répondez : {pen.Links.Address(Code)}",
                $"Stages de réussite: this number was given for a pupil's parent. Is it yours? Answer: {pen.Links.Address(Code)}"
            );
}
