namespace Stages.Portal.Imports;

/// <summary>One field that a line changes, as people read it.</summary>
/// <param name="From">Empty: nothing stood there.</param>
public sealed record Change(string Field, string From, string To)
{
    /// <summary>Something that stands now would be gone.</summary>
    public bool Loses => From.Length > 0 && !Parts(From).All(Parts(To).Contains);

    private static HashSet<string> Parts(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>
/// What becomes of an enrolment with what a line says of it: what the line does not say stays as it is. A list adds and corrects; it
/// takes nothing away that it does not speak of.
/// </summary>
public static class EnrolmentMerge
{
    public static (EnrolmentRequest Body, List<Fault> Faults) New(EnrolmentLine line, CampaignView campaign, Usual usual)
    {
        var faults = new List<Fault>();
        var wishes = line.Wishes.Count > 0 ? line.Wishes : [.. usual.Wishes.Select(w => Cells.Subject(w, campaign))];
        var weeks = line.Weeks.Count > 0 ? line.Weeks : Cells.Weeks([.. usual.Weeks], campaign, faults);
        Need("nom", line.Last.Length);
        Need("prénom", line.First.Length);
        Need("niveau", line.Level.Length);
        Need("UAI", line.At.Length);
        Need("vœux", wishes.Count);
        Need("semaines", weeks.Count);
        if (!usual.Consent)
            faults.Add(
                new(
                    null,
                    Say.In(
                        "L’accord de la famille est nécessaire : cochez-le au-dessus de la liste.",
                        "The family’s consent is needed: tick it above the list."
                    )
                )
            );
        var guardians = line.Guardians.OfType<Guardian>().Select(g => Named(g, line.Last)).ToArray();
        return (
            new EnrolmentRequest(
                new Pupil(line.First, line.Last, line.Level, line.At, line.Year),
                guardians.Length > 0 ? guardians : [Named(new Guardian(""), line.Last)],
                Ranked(wishes),
                [.. weeks],
                SlotsOf(line, weeks, new Dictionary<string, string[]>(StringComparer.Ordinal), campaign),
                false,
                new Equipment(line.Computer == true, line.Connection == true),
                true,
                line.Identified ?? usual.Identified,
                Marks: [.. line.Marks]
            ),
            faults
        );

        void Need(string column, int said)
        {
            if (said == 0)
                faults.Add(new(column, Cells.Missing));
        }
    }

    public static (EnrolmentRequest Body, List<Change> Changes, List<Fault> Faults) Onto(
        EnrolmentView e,
        EnrolmentLine line,
        CampaignView campaign,
        Usual usual
    )
    {
        var pupil = e.Pupil with
        {
            FirstName = Spelt(line.First, e.Pupil.FirstName),
            LastName = Spelt(line.Last, e.Pupil.LastName),
            Level = Unless(line.Level, e.Pupil.Level),
            SchoolUai = Unless(line.Uai, e.Pupil.SchoolUai),
            BirthYear = line.Year ?? e.Pupil.BirthYear,
        };
        var weeks = line.Weeks.Count > 0 ? line.Weeks : e.Weeks;
        var (guardians, faults) = GuardianMerge.Of(e, line);
        var body = new EnrolmentRequest(
            pupil,
            guardians,
            line.Wishes.Count > 0 ? Ranked(line.Wishes) : [.. e.Wishes],
            [.. weeks],
            SlotsOf(line, weeks, e.Slots, campaign),
            e.SiblingsTogether,
            new Equipment(line.Computer ?? e.Equipment.Computer, line.Connection ?? e.Equipment.Connection),
            true,
            (line.Identified ?? e.IdentifiedBySchool) || (line.Identified is null && usual.Identified),
            SiblingsRule: e.SiblingsRule,
            Marks: MarksOf(e.Marks ?? [], line.Marks)
        );
        // Another spelling of a name is a correction in an export that came back; a school's list of capitals is none.
        string Spelt(string said, string standing) =>
            line.Id != e.Id && Child.KeyOf(said) == Child.KeyOf(standing) ? standing : Unless(said, standing);

        var (before, after) = (Fields(e), Fields(body));
        return (
            body,
            [.. before.Zip(after).Where(x => x.First != x.Second).Select(x => new Change(x.First.Field, x.First.Text, x.Second.Text))],
            faults
        );
    }

    /// <summary>Of an enrolment that stands, in the words of a list.</summary>
    private static IEnumerable<(string Field, string Text)> Fields(EnrolmentView e) =>
        Fields(
            new EnrolmentRequest(
                e.Pupil,
                [.. e.Guardians],
                [.. e.Wishes],
                [.. e.Weeks],
                e.Slots.ToDictionary(StringComparer.Ordinal),
                e.SiblingsTogether,
                e.Equipment,
                true,
                e.IdentifiedBySchool,
                Marks: [.. e.Marks ?? []]
            )
        );

    private static IEnumerable<(string Field, string Text)> Fields(EnrolmentRequest b)
    {
        yield return ("nom", b.Pupil.LastName);
        yield return ("prénom", b.Pupil.FirstName);
        yield return ("niveau", b.Pupil.Level);
        yield return ("UAI", b.Pupil.SchoolUai);
        yield return ("année de naissance", $"{b.Pupil.BirthYear}");
        yield return ("INE", b.Marks!.Any(m => m.StartsWith("ine", StringComparison.Ordinal)) ? Say.In("noté", "noted") : "");
        yield return (
            "date de naissance",
            b.Marks!.Any(m => m.StartsWith("born", StringComparison.Ordinal)) ? Say.In("notée", "noted") : ""
        );
        yield return ("vœux", string.Join(' ', b.Wishes.OrderBy(w => w.Rank).Select(w => w.Subject)));
        yield return (
            "semaines",
            string.Join(' ', b.Weeks.OrderBy(w => w.Label, StringComparer.Ordinal).Select(w => w.Label + (w.Preference == 2 ? "*" : "")))
        );
        yield return (
            "créneaux",
            string.Join(
                ' ',
                b.Slots.OrderBy(w => w.Key, StringComparer.Ordinal)
                    .SelectMany(w => w.Value.Order(StringComparer.Ordinal).Select(s => $"{w.Key}:{s}"))
            )
        );
        yield return ("ordinateur", Yes(b.Equipment!.Computer));
        yield return ("connexion", Yes(b.Equipment.Connection));
        yield return ("identifié par l’école", Yes(b.IdentifiedBySchool == true));
        for (var i = 0; i < 2; i++)
        {
            var (g, nth) = (i < b.Guardians.Length ? b.Guardians[i] : new Guardian(""), i == 0 ? "" : " 2");
            yield return ("responsable" + nth, g.Name);
            yield return ("courriel" + nth, EmailAddress.KeyOf(g.Email ?? ""));
            yield return ("téléphone" + nth, Texts.Normal<PhoneNumber>(g.Phone));
        }
    }

    public static Guardian Named(Guardian guardian, string last) =>
        guardian.Name.Length > 0 ? guardian : guardian with { Name = $"{Say.In("Famille", "Family")} {last}" };

    /// <summary>For a week of which the line says no slot: those that stand, else all that are open.</summary>
    private static Dictionary<string, string[]> SlotsOf(
        EnrolmentLine line,
        IEnumerable<WeekWanted> weeks,
        IReadOnlyDictionary<string, string[]> standing,
        CampaignView campaign
    )
    {
        var said = line.Slots.ToLookup(s => s.Week, s => s.Slot, StringComparer.Ordinal);
        return weeks
            .Select(w => w.Label)
            .Concat(said.Select(s => s.Key))
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(
                label => label,
                label =>
                    said.Contains(label) ? [.. said[label]]
                    : standing.TryGetValue(label, out var kept) ? kept
                    : [.. campaign.Weeks.Where(w => w.Label == label).SelectMany(w => WeekGrid.Open(campaign, w).Select(s => s.Code))],
                StringComparer.Ordinal
            );
    }

    private static string[] MarksOf(IReadOnlyList<string> standing, IReadOnlyList<string> said) =>
        [.. said, .. standing.Where(s => said.All(m => m[..4] != s[..4]))];

    private static Wish[] Ranked(IEnumerable<(string? Code, string Said)> wishes) =>
        [.. wishes.Select((w, i) => new Wish(w.Code ?? w.Said, i + 1))];

    private static string Unless(string said, string standing) => said.Length > 0 ? said : standing;

    private static string Yes(bool yes) => yes ? Say.In("oui", "yes") : "";
}
