namespace Stages.Portal.Imports;

/// <summary>
/// Plans a list before anything is done, and carries it out as the coordinator who brought it. A line that is there already is left alone
/// or changed, so that the same list brought twice does its work once.
/// </summary>
public sealed class Importer(EnrolmentClient enrolment, SchedulingClient scheduling)
{
    private const int AtOnce = 4;

    /// <exception cref="ServiceAway">Nobody can say now.</exception>
    /// <exception cref="UnreadableFile">There is none.</exception>
    public async Task<CampaignView> Campaign(ImportSheet sheet, CancellationToken cancel)
    {
        var answer = await scheduling.Campaign(sheet.CampaignId, cancel);
        return answer.Value
            ?? throw (answer.Problem is { IsAway: true } ? new ServiceAway(answer.Problem) : new UnreadableFile(answer.Problem!.Detail));
    }

    /// <exception cref="ServiceAway">What is there already is not known now.</exception>
    public Task<IReadOnlyList<Planned>> Plan(CampaignView campaign, string what, Table table, Usual usual, CancellationToken cancel) =>
        what == "propositions" ? Offers(campaign, table, cancel) : Enrolments(campaign, table, usual, cancel);

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
        Problem? problem;
        if (sheet.What == "propositions")
        {
            var body = Lines.Offer(line.Row, campaign).Body!;
            problem = line.Existing is { } id
                ? (await scheduling.Change(id, body, (await scheduling.Offer(id, cancel)).ETag ?? "*", cancel)).Problem
                : (await scheduling.Declare(sheet.CampaignId, body, once, cancel)).Problem;
        }
        else
        {
            var body = Lines.Enrolment(line.Row, campaign, sheet.Usual).Body!;
            problem = line.Existing is { } id
                ? (await enrolment.Change(id, body, null, cancel)).Problem
                : (await enrolment.Submit(sheet.CampaignId, body, once, cancel)).Problem;
        }
        if (problem is null)
            return line with { Done = true };
        var texts =
            problem.Errors.Count > 0
                ? problem.Errors.SelectMany(e => e.Value.Select(text => new Fault(ColumnOf(e.Key), text)))
                :
                [
                    new Fault(
                        null,
                        problem.IsAway
                            ? Say.In(
                                "Le service ne répondait pas : reprenez l’import.",
                                "The service did not answer: go on with the import."
                            )
                            : problem.Detail
                    ),
                ];
        // A service that is away refuses nothing: the line stays to be carried out.
        return problem.IsAway ? line with { Faults = [.. texts] } : line with { What = "refused", Faults = [.. texts] };
    }

    private async Task<IReadOnlyList<Planned>> Enrolments(CampaignView campaign, Table table, Usual usual, CancellationToken cancel)
    {
        var read = table.Rows.Select(r => (Row: r, Read: Lines.Enrolment(r, campaign, usual))).ToArray();
        var known = new Dictionary<string, EnrolmentView>(StringComparer.Ordinal);
        var schools = read.Select(r => r.Read.Body?.Pupil.SchoolUai).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        // A few schools are asked for one by one; beyond, everything at once.
        IEnumerable<string?> asked = schools;
        if (schools.Length > 20)
            asked = [null];
        foreach (var school in asked)
        await foreach (
            var e in Clients.Pages.All(after =>
                enrolment.Of(campaign.Id, $"?limit=1000&status=submitted{(school is null ? "" : "&school=" + school)}{after}", cancel)
            )
        )
            known[Key(e.Pupil)] = e;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. read.Select(r =>
            {
                if (r.Read.Body is not { } body)
                    return new Planned(r.Row, r.Read.Who, "refused", r.Read.Faults);
                if (!seen.TryAdd(Key(body.Pupil), r.Row.Line))
                    return Twice(r.Row, r.Read.Who, seen[Key(body.Pupil)]);
                return known.TryGetValue(Key(body.Pupil), out var e)
                    ? new Planned(r.Row, r.Read.Who, Same(e, body) ? "same" : "change", [], e.Id)
                    : new Planned(r.Row, r.Read.Who, "create", []);
            }),
        ];
    }

    private async Task<IReadOnlyList<Planned>> Offers(CampaignView campaign, Table table, CancellationToken cancel)
    {
        var known = new Dictionary<string, OfferView>(StringComparer.Ordinal);
        await foreach (var o in Clients.Pages.All(after => scheduling.Offers(campaign.Id, $"?limit=500&status=active{after}", cancel)))
            if (o.Teacher is { } teacher)
                known[EmailAddress.KeyOf(teacher.Email)] = o;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. table.Rows.Select(row =>
            {
                var (read, who, faults) = Lines.Offer(row, campaign);
                if (read is not { } body)
                    return new Planned(row, who, "refused", faults);
                var key = EmailAddress.KeyOf(body.Teacher!.Email ?? "");
                if (!seen.TryAdd(key, row.Line))
                    return Twice(row, who, seen[key]);
                return known.TryGetValue(key, out var o)
                    ? new Planned(row, who, Same(o.AsForm(), body) ? "same" : "change", [], o.Id)
                    : new Planned(row, who, "create", []);
            }),
        ];
    }

    private static Planned Twice(TableRow row, string who, int first) =>
        new(row, who, "refused", [new(null, Say.In($"Déjà à la ligne {first}.", $"Already on line {first}."))]);

    private static string Key(Pupil p) => $"{Table.Plain(p.LastName)}/{Table.Plain(p.FirstName)}/{p.SchoolUai}";

    private static bool Same(EnrolmentView e, EnrolmentRequest b) =>
        e.Pupil.Level == b.Pupil.Level
        && (b.Pupil.BirthYear is null || e.Pupil.BirthYear == b.Pupil.BirthYear)
        && e.Wishes.OrderBy(w => w.Rank).Select(w => w.Subject).SequenceEqual(b.Wishes.Select(w => w.Subject))
        && e.Weeks.OrderBy(w => w.Label, StringComparer.Ordinal).SequenceEqual(b.Weeks.OrderBy(w => w.Label, StringComparer.Ordinal))
        && e.Equipment == b.Equipment
        && e.IdentifiedBySchool == b.IdentifiedBySchool
        && e.Slots.Count == b.Slots.Count
        && e.Slots.All(s => b.Slots.TryGetValue(s.Key, out var own) && own.ToHashSet(StringComparer.Ordinal).SetEquals(s.Value))
        && e.Guardians.Count > 0
        && e.Guardians[0].Name == b.Guardians[0].Name
        && EmailAddress.KeyOf(e.Guardians[0].Email ?? "") == EmailAddress.KeyOf(b.Guardians[0].Email ?? "")
        && Texts.Normal<PhoneNumber>(e.Guardians[0].Phone) == Texts.Normal<PhoneNumber>(b.Guardians[0].Phone);

    private static bool Same(OfferForm known, OfferForm now) =>
        known.Teacher!.Name == now.Teacher!.Name
        && Texts.Normal<PhoneNumber>(known.Teacher.Phone) == Texts.Normal<PhoneNumber>(now.Teacher.Phone)
        && known.Teacher.SchoolUai == now.Teacher.SchoolUai
        && known.Limits == now.Limits
        && Taught(known).SetEquals(Taught(now))
        && Offered(known).SetEquals(Offered(now));

    private static HashSet<string> Taught(OfferForm offer) =>
        [.. (offer.Teaches ?? []).SelectMany(t => (t.Levels ?? []).Select(l => $"{t.Subject}/{l}"))];

    private static HashSet<string> Offered(OfferForm offer) =>
        [
            .. (offer.Slots ?? new Dictionary<string, IReadOnlyList<SlotForm>>()).SelectMany(w =>
                w.Value.Select(s => $"{w.Key}/{s.Slot}/{s.Preference}")
            ),
        ];

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
