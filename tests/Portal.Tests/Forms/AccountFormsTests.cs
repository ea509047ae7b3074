using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stages.Portal.Accounts;
using Stages.Portal.Accounts.Letters;

namespace Stages.Portal.Tests.Forms;

/// <summary>One in which everybody may be dismissed.</summary>
public sealed class EmptyPortal : PortalService;

/// <summary>
/// Every form with which somebody acts on an account, as the pages themselves show it to somebody of each kind: sent without its token,
/// with another person's, with another person's ids, after signing out, after losing the role, and twice at once. A form of tomorrow is
/// tried too.
/// </summary>
public sealed class AccountFormsTests(EmptyPortal portal) : IClassFixture<EmptyPortal>, IDisposable
{
    private readonly Visitors visitors = new(portal);
    private readonly IReadOnlyList<(string Component, string Handler)> declared = PagesOfAccounts.Declared(portal.Services);
    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(portal.Realm.Postgres);

    [Fact]
    public async Task every_form_that_a_page_declares_is_met()
    {
        var met = new HashSet<(string, string)>();
        foreach (var kind in Visitors.Kinds)
        {
            using var visitor = await visitors.Enter(kind);
            foreach (var found in await visitors.Forms(visitor))
                met.Add((found.Form.Handler.Length == 0 ? "" : found.Component.Name, KindOf(found)));
        }
        declared.Except(met).ShouldBeEmpty();
        declared.Count.ShouldBeGreaterThan(15);
        met.ShouldContain(("", "/deconnexion"));
        met.ShouldContain(("", "/connexion/educonnect"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task a_form_without_its_own_token_or_with_what_is_anothers_changes_nothing(string kind)
    {
        using var visitor = await visitors.Enter(kind);
        using var other = await visitors.Enter(kind);
        var forms = await visitors.Forms(visitor);
        var theirs = await visitors.Forms(other);
        var before = await State();
        foreach (var (_, form) in forms)
        {
            await Refused(visitor, form.With("__token", null), HttpStatusCode.BadRequest);
            await Refused(visitor, form.With("__token", "CfDJ8forged"), HttpStatusCode.Gone);
            await Refused(visitor, form.With("__token", theirs[0].Form["__token"]), HttpStatusCode.Gone);
        }
        (await State()).Except(before).ShouldBeEmpty();
        before.Except(await State()).ShouldBeEmpty();

        // Their forms, with my own token: their sessions, passkeys, links, and what was sealed for them.
        var own = forms.Select(f => f.Form).ToDictionary(f => f.Name, StringComparer.Ordinal);
        foreach (var (_, form) in theirs)
            if (AsMine(form, own) is { } taken)
                await Readable(visitor, taken.With("__token", forms[0].Form["__token"]));
        (await State()).Except(before).ShouldBeEmpty();
        before.Except(await State()).ShouldBeEmpty();
    }

    /// <summary>Null where the form is the same for everybody.</summary>
    private static PageForm? AsMine(PageForm theirs, Dictionary<string, PageForm> own) =>
        !own.TryGetValue(theirs.Name, out var mine) ? theirs
        : Sealed.Where(s => mine[s] is not null).ToList() is { Count: > 0 } fields ? fields.Aggregate(mine, (f, s) => f.With(s, theirs[s]))
        : null;

    /// <summary>How a session ends while its forms are still on a screen.</summary>
    public static TheoryData<string, string> Ends =>
        [
            .. from kind in Visitors.Kinds
            from end in (string[])["signs out", "is put out", "is dismissed"]
            where
                kind switch
                {
                    "nobody" => false,
                    "family" or "teacher" => end != "is dismissed",
                    _ => true,
                }
            select (kind, end),
        ];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task a_form_that_outlives_its_session_or_its_role_changes_nothing(string kind, string end)
    {
        using var nobody = await visitors.Enter("nobody");
        var everybodys = (await visitors.Forms(nobody)).Select(f => f.Form.Name).ToHashSet(StringComparer.Ordinal);
        using var visitor = await visitors.Enter(kind);
        var forms = (await visitors.Forms(visitor)).Select(f => f.Form).Where(f => !everybodys.Contains(f.Name)).ToList();
        forms.ShouldNotBeEmpty();
        using var kept = visitor.Browser.Copy(portal);
        if (end == "signs out")
            (await forms.First(f => f.Action == "/deconnexion").From(visitor.Browser)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        else if (end == "is dismissed")
            await visitors.Dismiss(visitor.Email!);
        else
            await portal.Services.GetRequiredService<SessionDesk>().PutOut(AccountHolder.Here(visitor.Email!), default);
        var before = await State();
        foreach (var browser in (Browser[])[visitor.Browser, kept])
        foreach (var form in forms)
        {
            using var answer = await form.From(browser);
            if (answer.Headers.Location is { } to)
                to.ToString().ShouldContain("/connexion", Case.Sensitive, form.Name);
            else
                await Reads(answer, form.Name, HttpStatusCode.Gone);
        }
        (await State()).Except(before).ShouldBeEmpty();
        before.Except(await State()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task a_form_sent_twice_at_once_does_its_work_once_and_both_answers_are_pages(string kind)
    {
        HashSet<string> kinds;
        using (var first = await visitors.Enter(kind))
            kinds = [.. (await visitors.Forms(first)).Select(KindOf)];
        foreach (var one in kinds)
        {
            // Each on an account of its own: what one form does takes others away.
            using var visitor = await visitors.Enter(kind);
            var form = (await visitors.Forms(visitor)).First(f => KindOf(f) == one).Form;
            var before = await State();
            var letters = await Letters();
            var answers = await Task.WhenAll(form.From(visitor.Browser), form.From(visitor.Browser));
            foreach (var answer in answers)
                if (answer.Headers.Location is { } to)
                    await Lands(visitor, to, form);
                else
                    await Reads(answer, form.Name, answer.StatusCode);
            var happened = (await State()).Except(before).Where(s => s.StartsWith("mt_events", StringComparison.Ordinal)).ToList();
            happened.Select(e => e.Split('#')[0]).ShouldBeUnique($"{form.Name}: {string.Join(", ", happened)}");
            var told = (await Letters()).Except(letters).Select(l => l.Split('#')[0]).ToList();
            told.ShouldBeUnique(form.Name);
        }
    }

    private string KindOf((Type Component, PageForm Form) found) =>
        found.Form.Handler.Length == 0
            ? found.Form.Action
            : PagesOfAccounts.HandlerOf(
                found.Form.Handler,
                declared.Where(d => d.Component == found.Component.Name).Select(d => d.Handler)
            );

    public static TheoryData<string> Kinds => [.. Visitors.Kinds];

    /// <summary>What is made for one session: nobody else's form takes it.</summary>
    private static readonly string[] Sealed = ["offer", "__challenge"];

    private static async Task Refused(Visitor visitor, PageForm form, HttpStatusCode status)
    {
        using var answer = await form.From(visitor.Browser);
        await Reads(answer, $"{visitor.Kind}: {form.Name}", status);
    }

    private static async Task Readable(Visitor visitor, PageForm form)
    {
        using var answer = await form.From(visitor.Browser);
        if (answer.Headers.Location is { } to)
            await Lands(visitor, to, form);
        else
            await Reads(answer, $"{visitor.Kind}: {form.Name}", answer.StatusCode);
    }

    private static async Task Lands(Visitor visitor, Uri to, PageForm form)
    {
        var address = to.IsAbsoluteUri ? to.PathAndQuery : to.ToString();
        using var page = await visitor.Browser.Get(address);
        if (page.Headers.Location is null)
            await Reads(page, $"{visitor.Kind}: {form.Name} leads to {address}", page.StatusCode);
    }

    private static async Task Reads(HttpResponseMessage answer, string what, HttpStatusCode status)
    {
        answer.StatusCode.ShouldBe(status, what);
        ((int)answer.StatusCode).ShouldBeLessThan(500, what);
        var html = await answer.Content.ReadAsStringAsync();
        // The way to a provider is a page without words that goes on by itself.
        if (html.Contains("http-equiv=\"refresh\"", StringComparison.Ordinal))
            return;
        html.ShouldContain("<h1", Case.Sensitive, what);
        if (status >= HttpStatusCode.BadRequest)
            html.ShouldContain("<code>", Case.Sensitive, what + " has no number for the helpdesk");
    }

    /// <summary>Every event and every document by its id, but what counts attempts and what notes them.</summary>
    private async Task<HashSet<string>> State()
    {
        var tables = await Rows(
            "select table_name from information_schema.tables where table_schema = 'portal' and table_name like 'mt\\_doc\\_%'"
        );
        var parts = tables
            .Select(t => $"select '{t}#' || id::text from portal.{t}")
            .Append("select 'mt_events ' || type || ' ' || stream_id || '#' || version from portal.mt_events");
        return [.. await Rows(string.Join(" union all ", parts))];
    }

    private async Task<HashSet<string>> Letters() =>
        [.. await Rows("select (data ->> 'person') || ' ' || (data -> 'asked' ->> 'what') || '#' || id from portal.mt_doc_accountletter")];

    private async Task<List<string>> Rows(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync())
            found.Add(rows.GetString(0));
        return found;
    }

    public void Dispose() => database.Dispose();
}
