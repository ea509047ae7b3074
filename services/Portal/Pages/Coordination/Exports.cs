using System.Text;
using MiniExcelLibs;
using Stages.Portal.Imports;

namespace Stages.Portal.Pages.Coordination;

/// <summary>
/// Lists to take away: as a spreadsheet (XLSX), or as CSV as a French spreadsheet opens it: semicolons, UTF-8 with its mark. The
/// columns of enrolments and offers are those that <see cref="Written"/> reads.
/// </summary>
public static class Exports
{
    private static readonly string[] StageColumns =
    [
        "stage",
        "matière",
        "niveau",
        "semaine",
        "séances",
        "enseignant",
        "élèves",
        "places libres",
        "état",
        "épinglé",
    ];

    private static readonly string[] UnplacedColumns =
    [
        "inscription",
        "élève",
        "niveau",
        "UAI",
        "vœu",
        "rang",
        "pourquoi",
        "ce qui aiderait",
    ];

    public static void Map(WebApplication app)
    {
        Offer<EnrolmentClient>(app, "inscriptions", Written.EnrolmentColumns, Enrolments);
        Offer<SchedulingClient>(app, "propositions", Written.OfferColumns, Offers);
        Offer<SchedulingClient>(app, "stages", StageColumns, StagesOf);
        app.MapGet(
                "/coordination/{campaign:guid}/importer/{sheet:guid}/a-corriger.xlsx",
                (Guid campaign, Guid sheet, ImportDesk desk, Caller caller, HttpContext http, CancellationToken cancel) =>
                    ToCorrect(http, campaign, sheet, desk, caller, cancel)
            )
            .For(Roles.Coordinator)
            .WithMetadata(new Accounts.FreshProofAttribute { Reading = true })
            .Audited(AuditKinds.Export)
            .ExcludeFromDescription();
        app.MapGet(
                "/coordination/{campaign:guid}/inscriptions/{id:guid}/donnees.json",
                async (Guid id, EnrolmentClient enrolment, Gateway.PersonalData data, CancellationToken cancel) =>
                    await enrolment.Data(id, cancel) is { Problem: null, Value: { } allowed }
                        ? Results.Json(await data.ExportPaper(id, allowed, cancel))
                        : Results.NotFound()
            )
            .For(Roles.Coordinator)
            .WithMetadata(new Accounts.FreshProofAttribute { Reading = true })
            .Audited(AuditKinds.Export)
            .ExcludeFromDescription();
        app.MapGet(
                "/coordination/{campaign:guid}/attente.{format:regex(^(csv|xlsx)$)}",
                (
                    Guid campaign,
                    string format,
                    SchedulingClient scheduling,
                    EnrolmentClient enrolment,
                    HttpContext http,
                    CancellationToken cancel
                ) => Write(http, "attente", format, UnplacedColumns, Unplaced(scheduling, enrolment, campaign, cancel), cancel)
            )
            .For(Roles.Coordinator)
            .WithMetadata(new Accounts.FreshProofAttribute { Reading = true })
            .Audited(AuditKinds.Export)
            .ExcludeFromDescription();
    }

    /// <summary>The lines of an import that were refused, as they were, with what is wrong beside each.</summary>
    private static async Task<IResult> ToCorrect(
        HttpContext http,
        Guid campaign,
        Guid sheet,
        ImportDesk desk,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (await desk.Find(sheet, campaign, caller, cancel) is not { IsUnderWay: false } list)
            return Results.NotFound();
        string[] columns = [.. list.What == "propositions" ? Written.OfferColumns : Written.EnrolmentColumns, "à corriger"];
        await Write(http, "a-corriger", "xlsx", columns, Rows().ToAsyncEnumerable(), cancel);
        return Results.Empty;

        IEnumerable<object?[]> Rows() =>
            list
                .Lines.Where(l => l.What == "refused")
                .Select(l =>
                    columns[..^1]
                        .Select(c => (object?)l.Row[c])
                        .Append(string.Join(" ", l.Faults.Select(f => f.Column is null ? f.Text : $"{f.Column}{Say.Colon}{f.Text}")))
                        .ToArray()
                );
    }

    private static void Offer<TClient>(
        WebApplication app,
        string name,
        string[] columns,
        Func<TClient, Guid, CancellationToken, IAsyncEnumerable<object?[]>> rows
    )
        where TClient : notnull =>
        app.MapGet(
                $"/coordination/{{campaign:guid}}/{name}.{{format:regex(^(csv|xlsx)$)}}",
                (Guid campaign, string format, TClient client, HttpContext http, CancellationToken cancel) =>
                    Write(http, name, format, columns, rows(client, campaign, cancel), cancel)
            )
            .For(Roles.Coordinator)
            .WithMetadata(new Accounts.FreshProofAttribute { Reading = true })
            .Audited(AuditKinds.Export)
            .ExcludeFromDescription();

    private static async IAsyncEnumerable<object?[]> Enrolments(
        EnrolmentClient enrolment,
        Guid campaign,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var e in Clients.Pages.All(after => enrolment.Of(campaign, $"?limit=1000{after}", cancel)))
            yield return Written.Row(e);
    }

    private static async IAsyncEnumerable<object?[]> Offers(
        SchedulingClient scheduling,
        Guid campaign,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var o in Clients.Pages.All(after => scheduling.Offers(campaign, $"?limit=500{after}", cancel)))
            yield return Written.Row(o);
    }

    private static async IAsyncEnumerable<object?[]> StagesOf(
        SchedulingClient scheduling,
        Guid campaign,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        foreach (var s in (await ServiceAway.Whole(scheduling.Stages(campaign, "", cancel))).Items)
            yield return
            [
                s.Id,
                s.Subject,
                s.Level,
                s.Week,
                string.Join(", ", s.Modules.Select(m => $"{m.Date:yyyy-MM-dd} {m.Start:HH\\:mm}")),
                s.TeacherName,
                s.Pupils.Count,
                s.FreePlaces,
                s.Status,
                s.Pinned ? "oui" : "",
            ];
    }

    private static async IAsyncEnumerable<object?[]> Unplaced(
        SchedulingClient scheduling,
        EnrolmentClient enrolment,
        Guid campaign,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        var all = (await ServiceAway.Whole(scheduling.Unplaced(campaign, "", cancel))).Items;
        foreach (var some in all.Chunk(500))
        {
            var names = await enrolment.Names([.. some.Select(u => u.EnrolmentId).Distinct()], cancel, isFile: true);
            foreach (var u in some)
                yield return
                [
                    u.EnrolmentId,
                    names.GetValueOrDefault(u.EnrolmentId) is { } n ? $"{n.FirstName} {n.LastName}" : null,
                    u.Level,
                    u.SchoolUai,
                    u.Subject,
                    u.Position,
                    u.Text,
                    string.Join(" ", u.WouldBePlacedIf),
                ];
        }
    }

    private static async Task Write(
        HttpContext http,
        string name,
        string format,
        string[] columns,
        IAsyncEnumerable<object?[]> rows,
        CancellationToken cancel
    )
    {
        // Asked before the answer begins: a service that is away is a page that says so. Later on, the file breaks off.
        await using var row = rows.GetAsyncEnumerator(cancel);
        var isMore = await row.MoveNextAsync();
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{format}\"";
        http.Response.Headers.CacheControl = "no-store";
        if (format == "csv")
        {
            http.Response.ContentType = "text/csv; charset=utf-8";
            await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            await using var csv = Written.Csv(writer);
            await Written.Line(csv, columns);
            for (; isMore; isMore = await row.MoveNextAsync())
                await Written.Line(csv, row.Current);
            return;
        }
        var lines = new List<Dictionary<string, object?>>();
        for (; isMore; isMore = await row.MoveNextAsync())
            lines.Add(
                columns
                    .Zip(row.Current)
                    .ToDictionary(c => c.First, c => c.Second is Guid id ? id.ToString() : c.Second, StringComparer.Ordinal)
            );
        // A heading alone is a table too: a list that is empty today is no error.
        if (lines.Count == 0)
            lines.Add(columns.ToDictionary(c => c, _ => (object?)null, StringComparer.Ordinal));
        using var file = new MemoryStream();
        await file.SaveAsAsync(lines, sheetName: name, cancellationToken: cancel);
        http.Response.ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        http.Response.ContentLength = file.Length;
        file.Position = 0;
        await file.CopyToAsync(http.Response.Body, cancel);
    }
}
