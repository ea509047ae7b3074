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
            $"Disponible à tous les modules, dont {likes} à un créneau préféré ; assure déjà {others} stage(s).",
            $"Available at every module, {likes} of them at a preferred slot; has {others} stage(s) already."
        );

    public static LocalText Volunteer(int group) =>
        Say(
            $"Un volontaire de plus à ces créneaux aurait un groupe de {group}.",
            $"One more volunteer at these slots would have a group of {group}."
        );

    public static LocalText Unplaced(string reason) =>
        reason switch
        {
            UnplacedReason.NoTeacher => NoTeacher,
            UnplacedReason.NoCommonSlot => NoCommonSlot,
            UnplacedReason.TooFewPupils => TooFewPupils,
            UnplacedReason.Clash => Clash,
            UnplacedReason.Outranked => Outranked,
            _ => GroupsFull,
        };

    public static LocalText Moved(string why) =>
        why switch
        {
            ChangeReason.TeacherGone => new(
                "L'enseignant de ce groupe n'est plus disponible.",
                "The teacher of that group is no longer available."
            ),
            ChangeReason.PupilChanged => new("L'élève ne peut plus venir à ces créneaux.", "The pupil can no longer come at those times."),
            ChangeReason.GroupTooSmall => new(
                "Il ne restait plus assez d'élèves dans ce groupe.",
                "Too few pupils were left in that group."
            ),
            _ => new(
                "Ce changement libère une place pour un élève qui ne pouvait aller nulle part ailleurs.",
                "The move frees a place for a pupil who could go nowhere else."
            ),
        };

    // One object for each reason: a run of the whole académie says these a hundred thousand times.
    private static readonly LocalText NoTeacher = new(
        "Aucun enseignant ne propose cette matière à ce niveau.",
        "No teacher offers this subject at this level."
    );

    private static readonly LocalText NoCommonSlot = new(
        "Aucun enseignant de cette matière n'est disponible à assez de créneaux communs avec l'élève.",
        "No teacher of this subject shares enough time slots with the pupil."
    );

    private static readonly LocalText TooFewPupils = new(
        "Trop peu d'élèves demandent cette matière aux mêmes créneaux pour former un groupe.",
        "Too few pupils want this subject at the same times to form a group."
    );

    private static readonly LocalText GroupsFull = new(
        "Les enseignants et les groupes auxquels l'élève pourrait participer sont complets.",
        "The teachers and groups that would suit the pupil are full."
    );

    private static readonly LocalText Clash = new(
        "Les groupes possibles tombent en même temps, ou une autre semaine, que l'autre stage de l'élève.",
        "The possible groups clash with the pupil's other stage, or lie in another week."
    );

    private static readonly LocalText Outranked = new(
        "Les places des groupes possibles sont allées à des élèves plus prioritaires.",
        "The places in the possible groups went to pupils with a higher priority."
    );

    private static LocalText Say(FormattableString fr, FormattableString en) =>
        new(fr.ToString(CultureInfo.InvariantCulture), en.ToString(CultureInfo.InvariantCulture));
}
