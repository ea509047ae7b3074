using System.Globalization;

namespace Stages.Pairing.Explanations;

/// <summary>What the engine says to people, in French and English.</summary>
internal static class Sentences
{
    public static LocalText FreeSeat(string week, int free) => Say(
        $"Une place libre en semaine {week} ({free} au total dans ce groupe).",
        $"A free seat in week {week} ({free} in all in that group).");

    public static LocalText NewStage(string week, int group) => Say(
        $"Un enseignant encore disponible pourrait ouvrir un groupe de {group} en semaine {week}.",
        $"A teacher with time left could open a group of {group} in week {week}.");

    public static LocalText Substitute(int likes, int others) => Say(
        $"Disponible à tous les modules, dont {likes} à un créneau préféré ; assure déjà {others} stage(s).",
        $"Available at every module, {likes} of them at a preferred slot; has {others} stage(s) already.");

    public static LocalText Volunteer(int group) => Say(
        $"Un volontaire de plus à ces créneaux aurait un groupe de {group}.",
        $"One more volunteer at these slots would have a group of {group}.");

    private static LocalText Say(FormattableString fr, FormattableString en) =>
        new(fr.ToString(CultureInfo.InvariantCulture), en.ToString(CultureInfo.InvariantCulture));
}
