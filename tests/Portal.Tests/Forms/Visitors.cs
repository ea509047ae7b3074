using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Stages.Portal.Accounts;
using Stages.Portal.SignIns;
using Stages.Portal.Staff;
using Stages.Vocabulary;

namespace Stages.Portal.Tests.Forms;

/// <summary>Somebody of each kind who has all that an account can have, so that every form there is stands on their pages.</summary>
/// <param name="Email">Null for who is not signed in.</param>
public sealed record Visitor(string Kind, string? Email, Browser Browser, Browser? Elsewhere) : IDisposable
{
    public void Dispose()
    {
        Browser.Dispose();
        Elsewhere?.Dispose();
    }
}

public sealed partial class Visitors(PortalService portal)
{
    /// <summary>Who has proven an address of the staff's, and not yet the second factor; before that they set one up.</summary>
    public static readonly string[] Kinds = ["nobody", "family", "teacher", "coordinator", "admin", "half", "unset"];

    private static int number;

    public async Task<Visitor> Enter(string kind)
    {
        if (kind == "nobody")
            return new(kind, null, new Browser(portal), null);
        var name = $"{kind}-{Interlocked.Increment(ref number)}";
        var email = name + (kind is "family" ? "@sessions.example" : "@ac-montpellier.fr");
        if (kind is not ("family" or "teacher"))
            await Appoint(email, kind == "admin" ? Roles.Admin : Roles.Coordinator);
        var elsewhere = await SignedIn(kind, name, email);
        if (kind is "coordinator" or "admin" or "half")
        {
            await SecondStep.SetUp(elsewhere, email);
            await AddPasskey(email);
        }
        var browser = await SignedIn(kind, name, email);
        if (kind is "coordinator" or "admin")
            await SecondStep.Pass(browser, email);
        return new(kind, email, browser, elsewhere);
    }

    /// <summary>Every page that they may open, with what its links add to its address, and the forms on it.</summary>
    public async Task<IReadOnlyList<(Type Component, PageForm Form)>> Forms(Visitor visitor)
    {
        var found = new List<(Type, PageForm)>();
        foreach (var (address, component) in PagesOfAccounts.All(portal.Services))
        {
            var todo = new Queue<string>(await Addresses(address));
            var seen = new HashSet<string>(todo, StringComparer.Ordinal);
            while (todo.TryDequeue(out var at))
            {
                using var answer = await visitor.Browser.Get(at);
                if (answer.StatusCode != HttpStatusCode.OK)
                    continue;
                var html = await answer.Content.ReadAsStringAsync();
                found.AddRange(PageForm.In(at, html).Select(form => (component, form)));
                // Links that open more of the same page; one of each kind.
                foreach (Match more in More().Matches(html))
                    if (seen.Count < 6 && seen.Add(address + WebUtility.HtmlDecode(more.Groups["query"].Value)))
                        todo.Enqueue(address + WebUtility.HtmlDecode(more.Groups["query"].Value));
            }
        }
        return [.. found.DistinctBy(f => f.Item2.Name)];
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public Task Dismiss(string email) => Staff.Dismiss(email, "forms", default);

    private StaffDirectory Staff => portal.Services.GetRequiredService<StaffDirectory>();

    private Task Appoint(string email, string role) =>
        Staff.Appoint(new StaffAppointed(email, "Lou", role, role == Roles.Admin ? null : "034", "forms"), default);

    private async Task<Browser> SignedIn(string kind, string name, string email)
    {
        var browser = new Browser(portal);
        if (kind == "family")
        {
            portal.Families.Person = [new("sub", name), new("email", email), new("FrEduCtPersonAffiliation", "resp1d")];
            await browser.Through("educonnect", "/famille");
        }
        else
        {
            portal.Staff.Person = [new("sub", name), new("email", email), new("email_verified", "true"), new("given_name", "Lou")];
            await browser.Through("academie", kind == "teacher" ? "/enseignant" : "/coordination");
        }
        return browser;
    }

    private Task AddPasskey(string email) =>
        portal
            .Services.GetRequiredService<Journal>()
            .Decide<SecondFactor>(
                SecondFactorDesk.StreamOf(email),
                _ =>
                    Decision.Of(
                        new PasskeyAdded(
                            WebEncoders.Base64UrlEncode(NewId().ToByteArray()),
                            "AQID",
                            0,
                            new Device("android-phone", "Firefox"),
                            TimeProvider.System.GetUtcNow()
                        )
                    )
            );

    /// <summary>What leads to a page of the sign-in stands in a ticket, or in the table of links.</summary>
    private async Task<string[]> Addresses(string page) =>
        page switch
        {
            "/connexion/code" => [$"{page}?t={Ticket(null)}"],
            "/connexion/relier" => [$"{page}?t={Ticket(new("educonnect", "https://idp.example", "s", "t@x.example", false, null))}"],
            "/connexion/lien" => [$"{page}?t={await Link()}"],
            _ => [page],
        };

    private async Task<string> Link()
    {
        var (secret, now) = (NewId().ToString("N"), TimeProvider.System.GetUtcNow());
        var id = portal.Services.GetRequiredService<SignInKey>().Link(secret);
        await portal
            .Services.GetRequiredService<Journal>()
            .Decide(Decision.Nothing.AndStore(new SignInLink(id, NewId(), NewId(), Ticket(null), now.AddMinutes(5))));
        return secret;
    }

    private string Ticket(Outsider? person) =>
        WebEncoders.Base64UrlEncode(
            portal
                .Services.GetRequiredService<IDataProtectionProvider>()
                .CreateProtector("stages.sign-in.v2")
                .Protect(JsonSerializer.SerializeToUtf8Bytes(new SignInTicket("t@x.example", Roles.Family, null, false, Outsider: person)))
        );

    [GeneratedRegex("href=\"(?<query>\\?[^\"#]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex More();
}
