using System.Text.Json.Nodes;
using Stages.Portal.Accounts.Letters;
using Stages.Portal.Imports;

namespace Stages.Portal.Gateway;

/// <summary>
/// What the Portal itself keeps of a person: lists in which coordinators name them, where they are signed in, by which provider, and
/// that they asked to sign in.
/// </summary>
public sealed class OwnData(IDocumentStore store, Journal journal, LinkedAccounts linked, ForgetId forget)
{
    public async Task<JsonObject> Export(Caller caller, CancellationToken cancel)
    {
        var (person, email) = (caller.Id, caller.Email);
        await using var session = store.QuerySession();
        var sheets = await session.Query<ImportSheet>().ToListAsync(cancel);
        var asked = email is null ? null : await session.LoadAsync<AddressSignIns>(SignInsOf(email), cancel);
        var sessions = await session.Query<BrowserSession>().Where(s => s.Person == person).ToListAsync(cancel);
        var links = await linked.Of(person, cancel);
        return new JsonObject
        {
            ["sessions"] = new JsonArray([.. sessions.Where(s => s.IsReachedBy(caller)).Select(SessionOf)]),
            ["identityProviders"] = new JsonArray([
                .. links.Select(l =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["provider"] = linked.LabelOf(l.Scheme),
                            ["address"] = l.Address,
                            ["since"] = l.Since.ToString("O"),
                        }
                ),
            ]),
            ["importedLines"] = new JsonArray([
                .. from sheet in sheets
                from line in sheet.Lines
                where Names(person, line.Row)
                select (JsonNode)new JsonObject(line.Row.Cells.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
            ]),
            ["language"] = (await session.LoadAsync<ReaderLanguage>(person, cancel))?.Code,
            ["signInsAsked"] = new JsonArray([.. (asked?.Sent ?? []).Select(a => (JsonNode)a.At.ToString("O"))]),
        };
    }

    private static JsonNode SessionOf(BrowserSession session) =>
        new JsonObject
        {
            ["device"] = session.Device.Text,
            ["role"] = session.Role,
            ["since"] = session.Since.ToString("O"),
            ["lastSeen"] = session.LastSeen.ToString("O"),
            ["endsAt"] = session.EndsAt.ToString("O"),
            ["remembered"] = session.Remembered,
        };

    public async Task Erase(Guid person, string? email, CancellationToken cancel)
    {
        await journal.Decide(async reading => Forget(person, await reading.Query<ImportSheet>().ToListAsync(cancel)), cancel: cancel);
        await journal.Decide(
            Decision.Nothing.AndDeleteWhere<AccountLetter>(l => l.Person == person).AndDelete<ReaderLanguage>(person),
            cancel
        );
        if (email is not null && SignInsOf(email) is var signIns)
            await journal.Decide(Decision.Nothing.AndDelete<AddressSignIns>(signIns), cancel);
        await forget.Everywhere(person, cancel);
    }

    /// <summary>A list goes on without the lines that name the person.</summary>
    public static Decision Forget(Guid person, IEnumerable<ImportSheet> sheets) =>
        Decision.Nothing.AndStore<ImportSheet>([
            .. from sheet in sheets
            where sheet.Lines.Any(l => Names(person, l))
            select sheet with
            {
                Lines = [.. sheet.Lines.Where(l => !Names(person, l))],
            },
        ]);

    /// <summary>A line names whose address stands in one of its cells, or in what it would change, whatever the column is called.</summary>
    private static bool Names(Guid person, Planned line) =>
        Names(person, line.Row) || Names(person, line.Changes.SelectMany(c => new[] { c.From, c.To }));

    private static bool Names(Guid person, TableRow row) => Names(person, row.Cells.Values);

    private static bool Names(Guid person, IEnumerable<string> cells) =>
        cells.Any(cell =>
            (Texts.Find<EmailAddress>(cell) is { } mail && PersonId.Of(mail) == person)
            || (Texts.Find<PhoneNumber>(cell) is { } phone && PersonId.Of(phone) == person)
        );

    private static Guid SignInsOf(string email) => SignInTicket.KeyOf(email);
}
