namespace Stages.Portal.Imports;

/// <summary>
/// Plans a list before anything is done, and carries it out as the coordinator who brought it. A line that is there already is left alone
/// or changed, so that the same list brought twice does its work once; what has changed since it was shown is not done.
/// </summary>
public sealed class Importer(EnrolmentClient enrolment, SchedulingClient scheduling)
{
    private const int AtOnce = 4;

    /// <summary>A few schools are asked for one by one; beyond, everything at once.</summary>
    private const int FewSchools = 20;

    /// <exception cref="ServiceAway">Nobody can say now.</exception>
    /// <exception cref="UnreadableFile">There is none.</exception>
    public async Task<CampaignView> Campaign(ImportSheet sheet, CancellationToken cancel)
    {
        var answer = await scheduling.Campaign(sheet.CampaignId, cancel);
        return answer.Value
            ?? throw (answer.Problem is { IsAway: true } ? new ServiceAway(answer.Problem) : new UnreadableFile(answer.Problem!.Detail));
    }

    /// <exception cref="ServiceAway">What is there already is not known now.</exception>
    /// <exception cref="UnreadableFile">Its heading is none.</exception>
    public async Task<IReadOnlyList<Planned>> Plan(
        CampaignView campaign,
        string what,
        Table table,
        Usual usual,
        Caller caller,
        CancellationToken cancel
    )
    {
        Columns.Require(table.Columns, what);
        return what == "propositions"
            ? OfferPlan.Of(campaign, table, await Offers(campaign, cancel))
            : (await Enrolments(campaign, table.Rows, usual, caller, cancel)).Of(table);
    }

    /// <summary>The lines with what those do of which it was said whose they are.</summary>
    /// <exception cref="ServiceAway">What is there already is not known now.</exception>
    public async Task<IReadOnlyList<Planned>> Decided(CampaignView campaign, ImportSheet sheet, CancellationToken cancel)
    {
        var open = sheet.Lines.Where(l => l is { What: "ask", Choice: not null }).ToArray();
        var plan = await Enrolments(campaign, [.. open.Select(l => l.Row)], sheet.Usual, sheet.Person!.As(sheet.By), cancel);
        var taken = sheet.Lines.Where(l => l.What is "change" or "same").Select(l => l.Existing).ToHashSet();
        return [.. sheet.Lines.Select(l => open.Contains(l) ? Decided(l) : l)];

        Planned Decided(Planned line)
        {
            Guid? of = Guid.TryParse(line.Choice, out var id) ? id : null;
            if (of is not null && !taken.Add(of))
                return line with
                {
                    What = "refused",
                    Faults =
                    [
                        new(
                            null,
                            Say.In("Une autre ligne est déjà celle de cette inscription.", "Another line is this enrolment’s already.")
                        ),
                    ],
                };
            return plan.Decided(line.Row, of) with { Choice = line.Choice };
        }
    }

    /// <param name="stands">Whether who brought the list may still do so: asked before each line, which stays as it is without.</param>
    /// <returns>These lines with what has become of them.</returns>
    public async Task<IReadOnlyList<Planned>> CarryOut(
        ImportSheet sheet,
        IReadOnlyList<Planned> some,
        CampaignView campaign,
        Func<Task<bool>> stands,
        CancellationToken cancel
    )
    {
        var lines = some.ToArray();
        await Parallel.ForAsync(
            0,
            lines.Length,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (i, stop) =>
            {
                if (await stands())
                    lines[i] = await CarryOut(sheet, lines[i], campaign, stop);
            }
        );
        return lines;
    }

    private async Task<Planned> CarryOut(ImportSheet sheet, Planned line, CampaignView campaign, CancellationToken cancel)
    {
        // Sent twice, a line does its work once: the key says which line of which list it is.
        var once = $"import-{sheet.Id:N}-{line.Row.Line}";
        var problem = (sheet.What == "propositions", line.Existing) switch
        {
            (true, { } id) => await Change(line, id, campaign, cancel),
            (true, null) => (await scheduling.Declare(sheet.CampaignId, OfferLine.Read(line.Row, campaign).Body!, once, cancel)).Problem,
            (false, { } id) => await Change(line, id, campaign, sheet.Usual, cancel),
            _ => (await enrolment.Submit(sheet.CampaignId, New(line, campaign, sheet.Usual), once, cancel)).Problem,
        };
        return problem is null ? line with { Done = true }
            // A service that is away refuses nothing: the line stays to be carried out.
            : problem.IsAway ? line with { Faults = [Away()] }
            : line with { What = "refused", Faults = [.. FaultsOf(problem)] };
    }

    private static EnrolmentRequest New(Planned line, CampaignView campaign, Usual usual) =>
        EnrolmentMerge.New(EnrolmentLine.Read(line.Row, campaign, usual).Line, campaign, usual).Body with
        {
            AnotherChild = line.Choice == Planned.Another ? true : null,
        };

    private async Task<Problem?> Change(Planned line, Guid id, CampaignView campaign, Usual usual, CancellationToken cancel)
    {
        var now = await enrolment.One(id, cancel);
        if (now.Value is not { } view)
            return now.Problem;
        var (body, changes, _) = EnrolmentMerge.Onto(view, EnrolmentLine.Read(line.Row, campaign, usual).Line, campaign, usual);
        // Nothing left to do: it was done before this process, or another, began again.
        if (changes.Count == 0)
            return null;
        var costs = Cost.Of(view, body, campaign).Select(c => c.StageId);
        return changes.SequenceEqual(line.Changes) && costs.SequenceEqual(line.Costs.Select(c => c.StageId))
            ? (await enrolment.Change(id, body with { AcceptLoss = line.Accepted ? true : null }, view.ETag, cancel)).Problem
            : Overtaken();
    }

    private async Task<Problem?> Change(Planned line, Guid id, CampaignView campaign, CancellationToken cancel)
    {
        var now = await scheduling.Offer(id, cancel);
        if (now.Value is not { Teacher: not null } offer)
            return now.Problem ?? Overtaken();
        var body = OfferLine.Read(line.Row, campaign, offer.AsForm()).Body!;
        var changes = OfferPlan.Changes(offer.AsForm(), body);
        return changes.Count == 0 ? null
            : changes.SequenceEqual(line.Changes) ? (await scheduling.Change(id, body, offer.ETag, cancel)).Problem
            : Overtaken();
    }

    private async Task<EnrolmentPlan> Enrolments(
        CampaignView campaign,
        IReadOnlyList<TableRow> rows,
        Usual usual,
        Caller caller,
        CancellationToken cancel
    )
    {
        var lines = rows.Select(r => EnrolmentLine.Read(r, campaign, usual).Line).ToArray();
        var named = lines.SelectMany(l => new[] { l.At, l.Uai }).Where(u => u.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        // A child of an id, or of an INE, may be at any school.
        IEnumerable<string?> asked = named;
        if (named.Length > FewSchools || lines.Any(l => l.Id is not null || l.Marks.Count > 0))
            asked = [null];
        var standing = new List<EnrolmentView>();
        foreach (var school in asked)
        await foreach (
            var e in Clients.Pages.All(after =>
                enrolment.Of(campaign.Id, $"?limit=1000{(school is null ? "" : "&school=" + school)}{after}", cancel)
            )
        )
            standing.Add(e);
        var schools = new Dictionary<string, SchoolView>(StringComparer.Ordinal);
        foreach (var uai in named.Concat(standing.Where(e => lines.Any(l => l.Id == e.Id)).Select(e => e.Pupil.SchoolUai)).Distinct())
        {
            var answer = await enrolment.School(uai, cancel);
            if (answer.Value is { } school)
                schools[uai] = school;
            else if (answer.Problem!.Status != 404)
                throw new ServiceAway(answer.Problem);
        }
        return new EnrolmentPlan(campaign, usual, standing, new BodyRules(campaign, schools, caller));
    }

    private async Task<IReadOnlyList<OfferView>> Offers(CampaignView campaign, CancellationToken cancel)
    {
        var standing = new List<OfferView>();
        await foreach (var o in Clients.Pages.All(after => scheduling.Offers(campaign.Id, $"?limit=500{after}", cancel)))
            standing.Add(o);
        return standing;
    }

    private static IEnumerable<Fault> FaultsOf(Problem problem) =>
        problem.Errors.Count > 0
            ? problem.Errors.SelectMany(e => e.Value.Select(text => new Fault(ColumnOf(e.Key), text)))
            : [new Fault(null, problem.Detail)];

    private static Fault Away() =>
        new(null, Say.In("Le service ne répondait pas : reprenez l’import.", "The service did not answer: go on with the import."));

    private static Problem Overtaken() =>
        new(
            412,
            "overtaken",
            Say.In(
                "Quelqu’un l’a changé depuis l’aperçu : rien n’a été fait, apportez cette ligne à nouveau.",
                "Somebody has changed it since the preview: nothing was done, bring this line again."
            ),
            new Dictionary<string, string[]>(StringComparer.Ordinal)
        );

    /// <summary>Field of the API to column of the list.</summary>
    private static string? ColumnOf(string field) =>
        field switch
        {
            _ when field.StartsWith("pupil.schoolUai", StringComparison.Ordinal)
                    || field.StartsWith("teacher.schoolUai", StringComparison.Ordinal) => "UAI",
            _ when field.StartsWith("pupil.level", StringComparison.Ordinal) => "niveau",
            _ when field.StartsWith("wishes", StringComparison.Ordinal) => "vœux",
            _ when field.StartsWith("slots", StringComparison.Ordinal) => "créneaux",
            _ when field.StartsWith("weeks", StringComparison.Ordinal) => "semaines",
            _ when field.StartsWith("teaches", StringComparison.Ordinal) => "enseigne",
            _ when field.EndsWith("email", StringComparison.OrdinalIgnoreCase) => "courriel",
            _ when field.EndsWith("phone", StringComparison.OrdinalIgnoreCase) => "téléphone",
            _ => null,
        };
}
