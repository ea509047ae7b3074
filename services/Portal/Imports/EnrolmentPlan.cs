namespace Stages.Portal.Imports;

/// <summary>
/// What each line of a list would do to the enrolments that there are: pure, and said before anything is done. Two lines never change
/// one enrolment, and who might be somebody else is left to whoever knows them.
/// </summary>
public sealed class EnrolmentPlan
{
    private readonly CampaignView campaign;
    private readonly Usual usual;
    private readonly BodyRules rules;
    private readonly (EnrolmentView View, Child Child)[] known;
    private readonly ILookup<string, int> byName;
    private readonly ILookup<string, int> byIne;
    private readonly Dictionary<Guid, int> byId;

    /// <param name="standing">All of the campaign, of every state.</param>
    public EnrolmentPlan(CampaignView campaign, Usual usual, IEnumerable<EnrolmentView> standing, BodyRules rules)
    {
        (this.campaign, this.usual, this.rules) = (campaign, usual, rules);
        known = [.. standing.Select(e => (e, Child.Of(e)))];
        var all = Enumerable.Range(0, known.Length).ToArray();
        // One that ended in another is that one's child, and nobody's else.
        var own = all.Where(i => known[i].View.MergedInto is null).ToArray();
        byName = own.ToLookup(i => known[i].Child.Key, StringComparer.Ordinal);
        byIne = own.Where(i => known[i].Child.IneMark is not null).ToLookup(i => known[i].Child.IneMark!, StringComparer.Ordinal);
        byId = all.ToDictionary(i => known[i].View.Id);
    }

    public IReadOnlyList<Planned> Of(Table table)
    {
        var lines = table
            .Rows.Select(row =>
            {
                var (line, faults) = EnrolmentLine.Read(row, campaign, usual);
                return new Open(row, line, Child.Of(line), faults) { Found = faults.Count > 0 ? Found.Nobody : Find(line, Child.Of(line)) };
            })
            .ToArray();
        // An enrolment that two lines take for theirs is nobody's until somebody says whose; whoever names it has it.
        foreach (var same in lines.Where(l => l.Found.Is is not null).GroupBy(l => l.Found.Is!.Id).Where(g => g.Skip(1).Any()))
        {
            var first = same.FirstOrDefault(l => l.Found.IsNamed) ?? same.FirstOrDefault(l => l.Found.Bond == Bond.Sure);
            foreach (var line in same.Where(l => l != first))
                line.Found =
                    first is not null && line.Found.Bond == Bond.Sure ? new Found(null, [], Of: first.Row.Line) : Found.Ask(line.Found.Is!);
        }
        var earlier = new Dictionary<string, List<Open>>(StringComparer.Ordinal);
        return [.. lines.Select(l => Settled(l, earlier))];
    }

    /// <summary>What a line does, once it is said whose it is.</summary>
    /// <param name="of">Null: nobody's that there is.</param>
    public Planned Decided(TableRow row, Guid? of)
    {
        var (line, faults) = EnrolmentLine.Read(row, campaign, usual);
        if (faults.Count > 0)
            return Broken(row, line, faults);
        if (of is not { } id)
            return New(row, line);
        return byId.TryGetValue(id, out var at) && known[at].View.Stands
            ? Onto(row, line, known[at].View)
            : new Planned(
                row,
                line.Who,
                "refused",
                [new(null, Say.In("Cette inscription n’est plus là.", "This enrolment is no longer there."))]
            );
    }

    private Found Find(EnrolmentLine line, Child child)
    {
        if (line.Id is { } id && byId.TryGetValue(id, out var own))
        {
            var (view, theirs) = known[own];
            var isTheirs = line.Last.Length + line.First.Length == 0 || child.Given == theirs.Given || child.Family == theirs.Family;
            return !view.Stands || isTheirs ? new Found(view, [], Bond.Sure, IsNamed: true) : Found.Ask(view);
        }
        var bonds = byName[child.Key]
            .Concat(child.IneMark is { } ine ? byIne[ine] : [])
            .Distinct()
            .Select(i => (known[i].View, Bond: child.With(known[i].Child)))
            .Where(b => b.Bond != Bond.None)
            .ToLookup(b => (b.View.Stands, b.Bond), b => b.View);
        foreach (var bond in new[] { Bond.Sure, Bond.Fits, Bond.Maybe })
            if (bonds[(true, bond)].ToArray() is { Length: > 0 } some)
                return some.Length == 1 && bond != Bond.Maybe ? new Found(some[0], [], bond) : Found.Ask(some);
        EnrolmentView[] gone = [.. bonds.Where(b => !b.Key.Stands).SelectMany(b => b)];
        return gone.Length > 0 ? Found.Ask(gone) : Found.Nobody;
    }

    private Planned Settled(Open l, Dictionary<string, List<Open>> earlier)
    {
        if (l.Faults.Count > 0)
            return Broken(l.Row, l.Line, l.Faults);
        var before = earlier.TryGetValue(l.Child.Key, out var some) ? some : earlier[l.Child.Key] = [];
        before.Add(l);
        if (l.Found is { Is: { Stands: false } gone })
            return new Planned(l.Row, l.Line.Who.Length > 0 ? l.Line.Who : "–", "same", [], gone.Id);
        if (l.Found.Of is { } line)
            return Twice(l, line);
        if (l.Found.Is is { } view)
            return Onto(l.Row, l.Line, view);
        if (l.Found.Candidates.Count > 0)
            return Asked(l, [.. l.Found.Candidates.Select(Told)], null);
        if (l.Line.IsOver)
            return new Planned(l.Row, l.Line.Who, "refused", [Over()]);
        foreach (var other in before.SkipLast(1))
            if (l.Child.With(other.Child) is var bond && bond != Bond.None)
                return bond == Bond.Sure ? Twice(l, other.Row.Line) : Asked(l, [], other.Row.Line);
        return New(l.Row, l.Line);
    }

    private Planned Asked(Open l, Candidate[] candidates, int? line)
    {
        // Whatever is decided, the line must do as a new one too.
        var planned = New(l.Row, l.Line);
        return planned.What == "refused" && candidates.Length == 0
            ? planned
            : planned with
            {
                What = "ask",
                Faults = [],
                Candidates = candidates,
                Like = line,
            };
    }

    /// <summary>With what else the campaign will not have: or the list would have to come back for each fault anew.</summary>
    private Planned Broken(TableRow row, EnrolmentLine line, List<Fault> faults)
    {
        var (body, _) = EnrolmentMerge.New(line, campaign, usual);
        return new Planned(row, line.Who, "refused", [.. faults, .. rules.Faults(body, faults)]);
    }

    private Planned New(TableRow row, EnrolmentLine line)
    {
        var (body, faults) = EnrolmentMerge.New(line, campaign, usual);
        faults.AddRange(rules.Faults(body, faults));
        return new Planned(row, line.Who, faults.Count > 0 ? "refused" : "create", faults);
    }

    private Planned Onto(TableRow row, EnrolmentLine line, EnrolmentView view)
    {
        var (body, changes, faults) = EnrolmentMerge.Onto(view, line, campaign, usual);
        if (faults.Count == 0 && changes.Count > 0)
            faults.AddRange(rules.Faults(body, faults));
        var who = line.Who.Length > 0 ? line.Who : $"{view.Pupil.FirstName} {view.Pupil.LastName}";
        return new Planned(
            row,
            who,
            faults.Count > 0 ? "refused"
                : changes.Count > 0 ? "change"
                : "same",
            faults,
            view.Id
        )
        {
            Changes = changes,
            Costs = faults.Count > 0 ? [] : Cost.Of(view, body, campaign),
        };
    }

    private Candidate Told(EnrolmentView e) =>
        new(
            e.Id,
            string.Join(
                ", ",
                new[]
                {
                    $"{e.Pupil.FirstName} {e.Pupil.LastName}",
                    e.Pupil.Level,
                    $"{e.Pupil.BirthYear}",
                    string.Join(Say.In(" et ", " and "), e.Guardians.Select(g => g.Name)),
                    e.Stands ? "" : Say.In("inscription retirée", "withdrawn"),
                }.Where(t => t.Length > 0)
            ),
            e.Stands
        );

    private static Planned Twice(Open l, int first) =>
        new(l.Row, l.Line.Who, "refused", [new(null, Say.In($"Déjà à la ligne {first}.", $"Already on line {first}."))]);

    private static Fault Over() =>
        new(
            "état",
            Say.In(
                "Cette ligne dit que l’inscription a été retirée : videz la case pour inscrire l’élève.",
                "This line says that the enrolment was withdrawn: empty the cell to enrol the pupil."
            )
        );

    private sealed record Open(TableRow Row, EnrolmentLine Line, Child Child, List<Fault> Faults)
    {
        public Found Found { get; set; } = Found.Nobody;
    }

    /// <param name="Of">The line of the list that is this child's already.</param>
    /// <param name="IsNamed">By its id.</param>
    private sealed record Found(
        EnrolmentView? Is,
        IReadOnlyList<EnrolmentView> Candidates,
        Bond Bond = Bond.None,
        int? Of = null,
        bool IsNamed = false
    )
    {
        public static readonly Found Nobody = new(null, []);

        public static Found Ask(params IReadOnlyList<EnrolmentView> some) => new(null, some);
    }
}
