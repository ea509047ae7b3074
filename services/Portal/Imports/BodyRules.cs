namespace Stages.Portal.Imports;

/// <summary>
/// What the service will refuse, said in the preview already, so that what is shown is what is done: levels and subjects of the
/// campaign, schools that there are and what they teach, the territory.
/// </summary>
/// <param name="Schools">By UAI, those that the list names and that exist.</param>
public sealed record BodyRules(CampaignView Campaign, IReadOnlyDictionary<string, SchoolView> Schools, Caller Caller)
{
    /// <param name="faults">What is known already: of a column that is wrong nothing more is said.</param>
    public List<Fault> Faults(EnrolmentRequest body, IReadOnlyList<Fault> faults)
    {
        var known = faults.Select(f => f.Column).ToHashSet(StringComparer.Ordinal);
        return [.. OfSchool(body.Pupil).Concat(OfWishes(body)).Concat(OfSlots(body)).Where(f => !known.Contains(f.Column))];
    }

    private IEnumerable<Fault> OfSchool(Pupil pupil)
    {
        if (pupil.SchoolUai.Length == 0)
            yield break;
        if (!Schools.TryGetValue(pupil.SchoolUai, out var school))
            yield return new(
                "UAI",
                Say.In(
                    $"« {pupil.SchoolUai} » n’est pas dans l’annuaire de l’académie.",
                    $"“{pupil.SchoolUai}” is not in the directory of the académie."
                )
            );
        else if (!Caller.Covers(pupil.SchoolUai))
            yield return new("UAI", Say.In($"{school.Name} n’est pas dans votre territoire.", $"{school.Name} is not in your territory."));
        else if (Campaign.Levels.Contains(pupil.Level) && !school.Levels.Contains(pupil.Level))
            yield return new(
                "UAI",
                Say.In($"{school.Name} n’a pas le niveau {pupil.Level}.", $"{school.Name} does not have level {pupil.Level}.")
            );
    }

    private IEnumerable<Fault> OfWishes(EnrolmentRequest body)
    {
        foreach (var said in body.Wishes.Select(w => w.Subject))
            if (Campaign.Subject(said) is not { } subject)
                yield return new(
                    "vœux",
                    Say.In($"« {said} » n’est pas une matière de cette campagne.", $"“{said}” is not a subject of this campaign.")
                );
            else if (Campaign.Levels.Contains(body.Pupil.Level) && !subject.Levels.Contains(body.Pupil.Level))
                yield return new(
                    "vœux",
                    Say.In(
                        $"{subject.Title} n’est pas proposé en {body.Pupil.Level}.",
                        $"{subject.Title} is not offered at level {body.Pupil.Level}."
                    )
                );
        if (body.Wishes.DistinctBy(w => w.Subject).Count() < body.Wishes.Length)
            yield return new("vœux", Say.In("La même matière est demandée deux fois.", "The same subject is wanted twice."));
        if (body.Wishes.Length > CampaignDefaults.MostWishes)
            yield return new(
                "vœux",
                Say.In($"{CampaignDefaults.MostWishes} vœux au plus.", $"{CampaignDefaults.MostWishes} wishes at most.")
            );
    }

    private IEnumerable<Fault> OfSlots(EnrolmentRequest body)
    {
        foreach (var (label, slots) in body.Slots)
        {
            if (body.Weeks.All(w => w.Label != label))
                yield return new(
                    "créneaux",
                    Say.In($"La semaine {label} n’est pas demandée dans « semaines ».", $"Week {label} is not wanted in “semaines”.")
                );
            var open = Campaign
                .Weeks.Where(w => w.Label == label)
                .SelectMany(w => WeekGrid.Open(Campaign, w))
                .Select(s => s.Code)
                .ToHashSet(StringComparer.Ordinal);
            if (slots.FirstOrDefault(s => !open.Contains(s)) is { } closed)
                yield return Cells.NotOpen($"{label}:{closed}", Campaign);
            if (slots.Length == 0)
                yield return new("créneaux", Cells.Missing);
        }
    }
}
