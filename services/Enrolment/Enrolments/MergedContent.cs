namespace Stages.Enrolments;

/// <summary>
/// What two enrolments of one child say together. The one that stays is right wherever they differ: a week or a slot that it does not
/// name is one at which the child cannot come, and a wish of the other is added behind its own.
/// </summary>
public static class MergedContent
{
    public static EnrolmentContent Of(Enrolment kept, Enrolment other)
    {
        var (a, b) = (kept.Content, other.Content);
        return a with
        {
            Pupil = a.Pupil with { BirthYear = a.Pupil.BirthYear ?? b.Pupil.BirthYear },
            Guardians = Guardians(a.Guardians, b.Guardians),
            Wishes = Wishes(a, b, other.StandingWishes(b)),
            Equipment = new Equipment(a.Equipment.Computer || b.Equipment.Computer, a.Equipment.Connection || b.Equipment.Connection),
            Marks = Marks(a.Marks ?? [], b.Marks ?? []) is { Length: > 0 } marks ? marks : null,
        };
    }

    /// <summary>The school's words, each once.</summary>
    public static string? Note(string? one, string? other) =>
        string.Join("\n\n", new[] { one, other }.OfType<string>().Distinct(StringComparer.Ordinal)) is { Length: > 0 } note ? note : null;

    /// <summary>Everybody once: whoever is in both has the addresses of both.</summary>
    private static Guardian[] Guardians(Guardian[] kept, Guardian[] others)
    {
        var all = kept.ToList();
        foreach (var other in others)
        {
            var at = all.FindIndex(g => IsOne(g, other));
            if (at < 0)
                all.Add(other);
            else
                all[at] = all[at] with { Email = all[at].Email ?? other.Email, Phone = all[at].Phone ?? other.Phone };
        }
        return [.. all];
    }

    /// <summary>An address in common, or the name, and no address that says otherwise: who has two mailboxes keeps both.</summary>
    private static bool IsOne(Guardian a, Guardian b) =>
        Fits(a.Email, b.Email)
        && Fits(a.Phone, b.Phone)
        && (
            (a.Email ?? b.Email) is not null && a.Email == b.Email
            || (a.Phone ?? b.Phone) is not null && a.Phone == b.Phone
            || TextKey.Of(a.Name) == TextKey.Of(b.Name)
        );

    private static bool Fits(string? one, string? other) => one is null || other is null || one == other;

    /// <summary>What is wished at another level may not be offered at this one.</summary>
    private static Wish[] Wishes(EnrolmentContent kept, EnrolmentContent other, Wish[] standing)
    {
        if (kept.Pupil.Level != other.Pupil.Level)
            return kept.Wishes;
        var more = standing.OrderBy(w => w.Rank).Select(w => w.Subject).Except(kept.Wishes.Select(w => w.Subject), StringComparer.Ordinal);
        return
        [
            .. kept
                .Wishes.Concat(more.Select((subject, i) => new Wish(subject, kept.Wishes.Length + 1 + i)))
                .Take(CampaignDefaults.MostWishes),
        ];
    }

    private static string[] Marks(string[] kept, string[] other) =>
        [.. kept, .. other.Where(m => Doubles.Mark(kept, m[..(m.IndexOf('-', StringComparison.Ordinal) + 1)]) is null)];
}
