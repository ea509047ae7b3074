using Stages.Portal.Staff;

namespace Stages.Portal.Imports;

/// <summary>
/// Where lists are handed in and asked for again. What they take to read and to carry out is no request's business:
/// <see cref="ImportWork"/> does it.
/// </summary>
public sealed class ImportDesk(
    IDocumentStore store,
    Journal journal,
    StaffDirectory staff,
    ImportWork work,
    VirusScanner scanner,
    TimeProvider clock
)
{
    /// <returns>Null when enough lists of theirs wait already.</returns>
    /// <exception cref="UnreadableFile">There is a virus in it.</exception>
    /// <exception cref="ScannerAway">Nobody can say whether there is.</exception>
    public async Task<Guid?> Bring(Guid campaign, Caller caller, string what, IFormFile file, Usual usual, CancellationToken cancel)
    {
        await using (var session = store.QuerySession())
            if (
                await session.Query<ImportSheet>().CountAsync(s => s.By == caller.Id && s.State == ImportSheet.Reading, cancel)
                >= ImportSheet.MostWaiting
            )
                return null;
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancel);
        var bytes = content.ToArray();
        if (await scanner.Look(bytes, cancel) is { } infected)
            throw new UnreadableFile(infected.Text);
        var now = clock.GetUtcNow();
        var person = new Bringer(
            caller.Role,
            caller.Email,
            caller.Name,
            caller.Territory,
            await staff.Holds(caller),
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName
        );
        var name = Path.GetFileName(file.FileName);
        var sheet = new ImportSheet(
            Guid.CreateVersion7(now),
            campaign,
            caller.Id,
            what,
            name,
            "",
            usual,
            [],
            now,
            null,
            ImportSheet.Reading,
            person
        );
        await journal.Decide(Keep(sheet, bytes), cancel);
        work.Ring();
        return sheet.Id;
    }

    public async Task<ImportSheet?> Find(Guid id, Guid campaign, Caller caller, CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        var sheet = await session.LoadAsync<ImportSheet>(id, cancel);
        return sheet?.By == caller.Id && sheet.CampaignId == campaign ? sheet : null;
    }

    /// <param name="accepted">Lines that are to be carried out although they cost a place.</param>
    public Task<Outcome> CarryOut(Guid id, Caller caller, IReadOnlySet<int> accepted, CancellationToken cancel) =>
        Decide(async reading => CarryOut(await reading.Load<ImportSheet>(id), caller, accepted), cancel);

    /// <param name="choices">By line: the id of an enrolment, or that it is another child.</param>
    public Task<Outcome> Settle(Guid id, Caller caller, IReadOnlyDictionary<int, string> choices, CancellationToken cancel) =>
        Decide(async reading => Settle(await reading.Load<ImportSheet>(id), caller, choices), cancel);

    private async Task<Outcome> Decide(Func<Reading, ValueTask<Decision>> decide, CancellationToken cancel)
    {
        var outcome = await journal.Decide(decide, cancel: cancel);
        work.Ring();
        return outcome;
    }

    /// <summary>Only what was offered can be chosen; a line of which nothing is said goes on asking.</summary>
    public static Decision Settle(ImportSheet? sheet, Caller caller, IReadOnlyDictionary<int, string> choices)
    {
        if (sheet?.By != caller.Id)
            return new NotFound();
        if (sheet.State != ImportSheet.Ready)
            return Decision.Nothing;
        Planned[] lines = [.. sheet.Lines.Select(l => choices.TryGetValue(l.Row.Line, out var c) && May(l, c) ? l with { Choice = c } : l)];
        return lines.SequenceEqual(sheet.Lines)
            ? Decision.Nothing
            : Decision.Nothing.AndStore(sheet with { Lines = lines, State = ImportSheet.Deciding, Refusal = null });

        static bool May(Planned line, string choice) =>
            line.What == "ask" && (choice == Planned.Another || line.Candidates.Any(c => c.Stands && $"{c.Id}" == choice));
    }

    /// <summary>Said twice, it is done once.</summary>
    public static Decision CarryOut(ImportSheet? sheet, Caller caller, IReadOnlySet<int> accepted) =>
        sheet?.By != caller.Id ? new NotFound()
        : sheet.State != ImportSheet.Ready || sheet.Accepting(accepted) is not { Left: > 0 } wanted ? Decision.Nothing
        : Decision.Nothing.AndStore(wanted with { State = ImportSheet.Importing, Refusal = null });

    public static Decision Keep(ImportSheet sheet, byte[] content) =>
        Decision.Nothing.AndInsert(sheet).AndSql(ImportFile.Insert, sheet.Id, content, sheet.At);
}
