namespace Stages.Portal.Imports;

/// <summary>
/// A line's guardians and those that stand: who is known by name or address is corrected, who is not is added, and nobody goes. What
/// would need a third place is refused in words: whom to leave out is no list's to say.
/// </summary>
public static class GuardianMerge
{
    private const int Most = 2;

    public static (Guardian[] Guardians, List<Fault> Faults) Of(EnrolmentView e, EnrolmentLine line)
    {
        var (guardians, faults, taken) = (e.Guardians.ToList(), new List<Fault>(), new HashSet<int>());
        // A line that names its enrolment came from an export: its guardians are in their places.
        var isOwn = line.Id == e.Id;
        for (var n = 0; n < line.Guardians.Count; n++)
        {
            if (line.Guardians[n] is not { } said)
                continue;
            var at = Find(guardians, said, taken);
            if (at < 0 && isOwn && n < guardians.Count && !taken.Contains(n))
                at = n;
            if (at < 0)
                at = First(guardians, taken, g => IsEmpty(g, e.Pupil.LastName));
            if (at < 0 && guardians.Count == Most)
            {
                faults.Add(Third(guardians, n));
                continue;
            }
            if (at < 0)
            {
                guardians.Add(EnrolmentMerge.Named(said, e.Pupil.LastName));
                taken.Add(guardians.Count - 1);
                continue;
            }
            taken.Add(at);
            guardians[at] = With(guardians[at], said);
        }
        return ([.. guardians], faults);
    }

    /// <summary>By an address, which is one person's; then by name.</summary>
    private static int Find(List<Guardian> guardians, Guardian said, HashSet<int> taken)
    {
        var addresses = Child.AddressesOf(said).ToHashSet(StringComparer.Ordinal);
        var byAddress = First(guardians, taken, g => addresses.Overlaps(Child.AddressesOf(g)));
        return byAddress >= 0 || said.Name.Length == 0
            ? byAddress
            : First(guardians, taken, g => Child.KeyOf(g.Name) == Child.KeyOf(said.Name));
    }

    private static int First(List<Guardian> guardians, HashSet<int> taken, Func<Guardian, bool> fits)
    {
        for (var i = 0; i < guardians.Count; i++)
            if (!taken.Contains(i) && fits(guardians[i]))
                return i;
        return -1;
    }

    /// <summary>The place that was kept for a family of whom nothing was known.</summary>
    private static bool IsEmpty(Guardian g, string last) =>
        g is { Email: null or "", Phone: null or "" }
        && (Child.KeyOf(g.Name) == Child.KeyOf($"Famille {last}") || Child.KeyOf(g.Name) == Child.KeyOf($"Family {last}"));

    private static Guardian With(Guardian standing, Guardian said) =>
        standing with
        {
            Name = said.Name.Length > 0 ? said.Name : standing.Name,
            Email = said.Email ?? standing.Email,
            Phone = said.Phone ?? standing.Phone,
        };

    private static Fault Third(List<Guardian> guardians, int n)
    {
        var names = string.Join(Say.In(" et ", " and "), guardians.Select(g => g.Name));
        return new(
            n == 0 ? "responsable" : "responsable 2",
            Say.In(
                $"L’inscription a déjà deux responsables ({names}) : changez-les sur sa page.",
                $"The enrolment has two guardians already ({names}): change them on its page."
            )
        );
    }
}
