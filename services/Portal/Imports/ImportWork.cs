using Npgsql;
using Stages.Portal.Staff;

namespace Stages.Portal.Imports;

/// <summary>
/// Reads and carries out the lists that were brought: in each copy of the Portal two at a time, each list by one copy. Where a list stands
/// is written down as it goes; whoever holds it holds a lock of the database, which ends with its process. So a copy that is killed leaves
/// nothing behind but work that another one goes on with, and what was done once is not done again (<see cref="Importer"/>).
/// </summary>
public sealed class ImportWork(
    IDocumentStore store,
    NpgsqlDataSource database,
    Journal journal,
    StaffDirectory staff,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<ImportWork> logger
) : RegularWork("Working on lists", TimeSpan.FromSeconds(1), clock, logger, hands: 2)
{
    /// <summary>After so many a file is taken for what ends the process.</summary>
    private const int MostTries = 4;

    /// <summary>To read a file; the largest list takes a second.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public override async Task Run(CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        var waiting = await session
            .Query<ImportSheet>()
            .Where(s => s.State == ImportSheet.Reading || s.State == ImportSheet.Importing || s.State == ImportSheet.Deciding)
            .OrderBy(s => s.At)
            .Select(s => s.Id)
            .ToListAsync(cancel);
        foreach (var id in waiting)
            await Alone.Do(database, LockKey.Of("import", id), () => Do(id, cancel), cancel);
    }

    /// <summary>What was typed into a list may stand in the message.</summary>
    protected override string Told(Exception fault) => fault.GetType().Name;

    private async Task Do(Guid id, CancellationToken stop)
    {
        if (await Write(id, s => s with { Tries = s.Tries + 1 }, stop) is not { IsUnderWay: true, Person: { } person } sheet)
            return;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(person.Language);
        using var _ = Acting.As(person.As(sheet.By));
        await using var scope = scopes.CreateAsyncScope();
        var importer = scope.ServiceProvider.GetRequiredService<Importer>();
        try
        {
            if (sheet.Tries > MostTries)
                throw TooMuch(null);
            if (!await Stands(sheet))
            {
                await Stop(sheet, stop);
                return;
            }
            var campaign = await importer.Campaign(sheet, stop);
            if (sheet.State == ImportSheet.Reading)
                await Read(sheet, campaign, importer, stop);
            else if (sheet.State == ImportSheet.Deciding)
            {
                var lines = await importer.Decided(campaign, sheet, stop);
                await Write(id, s => s with { State = ImportSheet.Ready, Lines = lines, Tries = 0 }, stop);
            }
            else
                await CarryOut(sheet, campaign, importer, stop);
        }
        catch (UnreadableFile e)
        {
            await Write(id, s => s with { State = ImportSheet.Refused, Refusal = e.Message }, stop, file: true);
        }
        catch (ServiceAway)
        {
            await Write(id, s => s with { Tries = 0 }, stop);
        }
    }

    private async Task Read(ImportSheet sheet, CampaignView campaign, Importer importer, CancellationToken stop)
    {
        var file =
            await ImportFile.Read(database, sheet.Id, stop)
            ?? throw new UnreadableFile(
                Say.In("Ce fichier n’est plus gardé : apportez-le à nouveau.", "This file is no longer kept: bring it again.")
            );
        using var late = Clock.CreateCancellationTokenSource(Longest);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        Table table;
        try
        {
            table = Table.Read(file, either.Token);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw TooMuch(e);
        }
        var lines = await importer.Plan(campaign, sheet.What, table, sheet.Usual, sheet.Person!.As(sheet.By), stop);
        string[] unread = [.. table.Columns.Where(c => !Columns.IsKnown(c))];
        await Write(
            sheet.Id,
            s => s with { State = ImportSheet.Ready, Kind = table.Kind, Lines = lines, Tries = 0, Unread = unread },
            stop,
            file: true
        );
    }

    private async Task CarryOut(ImportSheet sheet, CampaignView campaign, Importer importer, CancellationToken stop)
    {
        var left = sheet.Lines.Where(l => l.IsLeft).ToArray();
        foreach (var some in left.Chunk(Math.Clamp(left.Length / 20, 10, 250)))
        {
            var done = await importer.CarryOut(sheet, some, campaign, () => Stands(sheet), stop);
            var now = await Write(sheet.Id, s => s.With(done), stop);
            if (now is not null && !await Stands(now))
            {
                await Stop(now, stop);
                return;
            }
        }
        await Write(sheet.Id, s => s with { State = ImportSheet.Ready, CarriedOutAt = Clock.GetUtcNow(), Tries = 0 }, stop);
    }

    /// <summary>Who was appointed when they brought it still is, to the same territory.</summary>
    private async Task<bool> Stands(ImportSheet sheet) => !sheet.Person!.Appointed || await staff.HoldsNow(sheet.Person.As(sheet.By));

    private async Task Stop(ImportSheet sheet, CancellationToken stop)
    {
        var (done, all) = (sheet.Lines.Count(l => l.Done), sheet.Lines.Count(l => l.Done) + sheet.Left);
        Logger.LogWarning("List {List} stopped after {Done} of {All} lines: who brought it no longer holds the role", sheet.Id, done, all);
        await Write(sheet.Id, s => s with { State = ImportSheet.Refused, Refusal = NoLonger(done, all) }, stop, file: true);
    }

    /// <param name="file">It is not needed any more.</param>
    /// <returns>As it stands now; null when it has gone.</returns>
    private async Task<ImportSheet?> Write(Guid id, Func<ImportSheet, ImportSheet> change, CancellationToken cancel, bool file = false)
    {
        ImportSheet? now = null;
        await journal.Decide(
            async reading =>
            {
                now = await reading.Load<ImportSheet>(id) is { IsUnderWay: true } sheet ? change(sheet) : null;
                var written = now is null ? Decision.Nothing : Decision.Nothing.AndStore(now);
                return file ? written.AndSql(ImportFile.Delete, id) : written;
            },
            cancel: cancel
        );
        return now;
    }

    private static string NoLonger(int done, int all) =>
        Say.In(
            $"Votre rôle a changé : le travail sur cette liste s’est arrêté. Lignes importées : {done} sur {all}.",
            $"Your role has changed: the work on this list has stopped. Lines imported: {done} of {all}."
        );

    private static UnreadableFile TooMuch(Exception? inner) =>
        new(
            Say.In(
                "Ce fichier demande trop de travail : gardez la seule liste, ou partagez-la.",
                "This file takes too much work: keep the list alone, or split it."
            ),
            inner
        );
}
