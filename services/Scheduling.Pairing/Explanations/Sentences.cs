using System.Globalization;

namespace Stages.Pairing.Explanations;

/// <summary>What the engine says to people, in French and English.</summary>
internal static class Sentences
{
    public static LocalText FreeSeat(string week, int free) =>
        Say(
            $"Une place libre en semaine {week} ({free} au total dans ce groupe).",
            $"A free seat in week {week} ({free} in all in that group)."
        );

    public static LocalText NewStage(string week, int group) =>
        Say(
            $"Un enseignant encore disponible pourrait ouvrir un groupe de {group} en semaine {week}.",
            $"A teacher with time left could open a group of {group} in week {week}."
        );

    public static LocalText Substitute(int likes, int others) =>
        Say(
            $"Disponible à toutes les séances, dont {likes} à un créneau préféré ; assure déjà {Count.Fr(others, "stage")}.",
            $"Available at every session, {likes} of them at a preferred slot; has {Count.En(others, "stage")} already."
        );

    public static LocalText Volunteer(int group) =>
        Say(
            $"Un volontaire de plus à ces créneaux aurait un groupe de {group}.",
            $"One more volunteer at these slots would have a group of {group}."
        );

    public static LocalText Moved(string why) =>
        why switch
        {
            ChangeReason.TeacherGone => new(
                "L’enseignant de ce groupe n’est plus disponible.",
                "The teacher of that group is no longer available."
            ),
            ChangeReason.PupilChanged => new("L’élève ne peut plus venir à ces créneaux.", "The pupil can no longer come at those times."),
            ChangeReason.GroupTooSmall => new(
                "Il ne restait plus assez d’élèves dans ce groupe.",
                "Too few pupils were left in that group."
            ),
            _ => new(
                "Ce changement libère une place pour un élève qui ne pouvait aller nulle part ailleurs.",
                "The move frees a place for a pupil who could go nowhere else."
            ),
        };

    // One object for each reason: a run of the whole académie says these a hundred thousand times.
    public static readonly LocalText NoTeacher = new(
        "Aucun enseignant ne propose cette matière à ce niveau.",
        "No teacher offers this subject at this level."
    );

    public static readonly LocalText NoCommonSlot = new(
        "Aucun enseignant de cette matière n’est disponible à assez de créneaux communs avec l’élève.",
        "No teacher of this subject shares enough time slots with the pupil."
    );

    public static readonly LocalText TooFewPupils = new(
        "Trop peu d’élèves demandent cette matière aux mêmes créneaux pour former un groupe.",
        "Too few pupils want this subject at the same times to form a group."
    );

    public static readonly LocalText GroupsFull = new(
        "Les groupes auxquels l’élève pourrait participer sont complets.",
        "The groups that the pupil could join are full."
    );

    public static readonly LocalText TeachersTaken = new(
        "Les enseignants disponibles en même temps que l’élève ont déjà tous leurs groupes, à d’autres heures.",
        "The teachers who are free when the pupil is have all their groups already, at other hours."
    );

    public static readonly LocalText NoGroupTaken = new(
        "Les enseignants de cette matière disponibles avec l’élève ne peuvent pas prendre de groupe.",
        "The teachers of this subject who are free with the pupil cannot take a group."
    );

    public static readonly LocalText PlaceFree = new(
        "Une place convient ; la coordination peut l’attribuer.",
        "There is a place that suits, which the coordinator can give."
    );

    public static readonly LocalText GroupPossible = new(
        "Un enseignant est libre et assez d’élèves attendent : la coordination peut former un groupe.",
        "A teacher is free and enough pupils are waiting: the coordinator can form a group."
    );

    public static readonly LocalText ClashOfSiblings = new(
        "Les groupes possibles ont lieu quand un frère ou une sœur a classe ; la famille demande des heures différentes.",
        "The possible groups meet when a brother or sister has class; the family asks for different hours."
    );

    public static readonly LocalText ClashOfBoth = new(
        "Les groupes possibles ont lieu pendant l’autre stage de l’élève, une autre semaine, ou quand un frère ou une sœur a classe.",
        "The possible groups meet during the pupil’s other stage, in another week, or when a brother or sister has class."
    );

    public static readonly LocalText Clash = new(
        "Les groupes possibles tombent en même temps, ou une autre semaine, que l’autre stage de l’élève.",
        "The possible groups clash with the pupil’s other stage, or lie in another week."
    );

    public static readonly LocalText Outranked = new(
        "Les places des groupes possibles sont allées à des élèves plus prioritaires.",
        "The places in the possible groups went to pupils with a higher priority."
    );

    private static LocalText Say(FormattableString fr, FormattableString en) =>
        new(fr.ToString(CultureInfo.InvariantCulture), en.ToString(CultureInfo.InvariantCulture));
}
