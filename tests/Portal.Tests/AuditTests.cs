using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stages.Portal.Accounts;
using Stages.Portal.Audit;

namespace Stages.Portal.Tests;

/// <summary>What the Portal has noted of accounts and pages, and how an administrator reads it.</summary>
public sealed class AuditTests(PortalService portal)
{
    private const string Admin = "camille.martin@example.org";
    private const string Coordinator = "dominique.faure@example.org";

    [Fact]
    public async Task signing_in_a_second_step_and_signing_out_are_noted_with_the_client_and_a_reference()
    {
        var email = Fresh();
        using (var session = await SessionOf("family", email))
        {
            using var list = await session.Get("/api/me/sessions");
            list.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await session.Submit("/compte", "/deconnexion")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
        var rows = await Of(email);
        rows.Select(r => r.Kind).ShouldBe([AuditKinds.SessionEnded, AuditKinds.SecondFactor, AuditKinds.SignIn]);
        rows.ShouldAllBe(r => r.Role == "family" && r.Reference!.Length == 10);
        rows[0].What.ShouldBe("POST /deconnexion: family");
        rows.Select(r => r.Objects[0]).Distinct().Count().ShouldBe(1, "one session");
    }

    [Fact]
    public async Task a_code_that_is_refused_is_noted_with_the_account_that_it_was_for()
    {
        var email = Fresh();
        var desk = portal.Services.GetRequiredService<SignIns.SignInDesk>();
        var ticket = new SignIns.SignInTicket(email, Roles.Family, null, false);
        (
            await desk.UseCode(
                new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = portal.Services },
                ticket,
                "000000",
                default
            )
        ).Refusal.ShouldNotBeNull();
        var rows = await Eventually.Is(() => Of(email), found => found.Count == 1);
        rows[0].Kind.ShouldBe(AuditKinds.SignInRefused);
        rows[0].What.ShouldNotContain(email);
    }

    [Fact]
    public async Task a_form_without_its_token_is_noted_where_somebody_is_signed_in()
    {
        var email = Fresh();
        using var session = await SessionOf("family", email);
        using var forged = await session.Send(new HttpRequestMessage(HttpMethod.Post, "/compte"));
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var rows = await Eventually.Is(() => Of(email), found => found.Count == 3);
        rows[0].Kind.ShouldBe(AuditKinds.Forged);
        rows[0].What.ShouldBe("POST /compte: antiforgery");
        using var nobody = portal.Direct();
        (await nobody.PostAsync("/connexion", null)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task roles_resets_and_refusals_are_noted()
    {
        var email = Fresh();
        var staff = portal.Services.GetRequiredService<Staff.StaffDirectory>();
        await staff.Appoint(new Staff.StaffAppointed(email, null, Roles.Coordinator, "034", "test"), CancellationToken.None);
        await portal.Services.GetRequiredService<SecondFactorDesk>().Reset(email, "test", "seen", CancellationToken.None);
        using (var session = await SessionOf("coordinator", email))
        {
            var kept = await session.Get("/administration/personnes");
            kept.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            await staff.Dismiss(email, "test", CancellationToken.None);
        }
        var rows = await Eventually.Is(() => Of(email), found => found.Count >= 7);
        rows.Select(r => $"{r.Kind} {r.What}")
            .ShouldBe(
                [
                    "session-ended coordinator",
                    "role dismissed",
                    "refused GET /administration/personnes",
                    "second-factor POST /local/session",
                    "sign-in POST /local/session",
                    "second-factor-reset reset",
                    "role appointed coordinator 034",
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task an_export_of_ones_own_data_is_noted_before_it_is_given()
    {
        var email = Fresh();
        using var family = portal.Client("family", email);
        (await family.GetAsync("/api/me/data")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Of(email)).ShouldHaveSingleItem().Kind.ShouldBe(AuditKinds.Export);
    }

    [Fact]
    public async Task an_administrator_reads_it_page_by_page_and_that_is_noted_too()
    {
        var email = Fresh();
        using (await SessionOf("family", email)) { }
        using (await SessionOf("family", email)) { }
        using var admin = await SessionOf("admin", Admin);
        var id = JournalNames.IdOf(email);
        var first = await Read(admin, $"?person={id}&limit=3");
        first.GetProperty("items").GetArrayLength().ShouldBe(3);
        first.GetProperty("unreached").GetArrayLength().ShouldBe(4, "the services are away here");
        var rest = await Read(admin, $"?person={id}&limit=3&after={first.GetProperty("next").GetString()}");
        rest.GetProperty("items").GetArrayLength().ShouldBe(1);
        rest.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Of(Admin)).Count(r => r.Kind == AuditKinds.Journal && r.Objects.Contains(id)).ShouldBe(2);

        var page = await (
            await admin.Get($"/administration/journal?personne={id}&quoi=sign-in&objet=&du=&au=")
        ).Content.ReadAsStringAsync();
        page.ShouldContain("Connexion");
        page.ShouldContain("Ces services ne répondent pas");
        page.ShouldNotContain(email);
        (await (await admin.Get($"/administration/journal?objet={Guid.Empty}")).Content.ReadAsStringAsync()).ShouldContain(
            "Rien ne correspond"
        );
        (await (await admin.Get("/administration/journal?objet=quatre")).Content.ReadAsStringAsync()).ShouldContain("pas un identifiant");
        var found = await admin.Submit("/administration/journal", "find", ("email", email.ToUpperInvariant()));
        found.Headers.Location!.ToString().ShouldEndWith($"?personne={id}", customMessage: "and the address is in no address");
    }

    [Theory]
    [InlineData("coordinator", Coordinator)]
    [InlineData("family", "anne@example.org")]
    public async Task nobody_else_reads_it(string role, string email)
    {
        using var client = portal.Client(role, email);
        (await client.GetAsync("/api/administration/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var session = await SessionOf(role, email);
        (await session.Get("/administration/journal")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void pages_meet_without_a_gap_whatever_the_services_names()
    {
        var mark = new JournalMark(DateTimeOffset.UnixEpoch.AddTicks(50), "notification", 7);
        JournalMark.Of(mark.ToString()).ShouldBe(mark);
        (mark.Below("portal"), mark.Below("notification"), mark.Below("enrolment")).ShouldBe((long.MaxValue, 7, 0));
        foreach (var none in new[] { null, "", "1.2", "x.portal.1", "1.portal.x", "9223372036854775807.portal.1" })
            JournalMark.Of(none).ShouldBeNull();
    }

    [Fact]
    public void every_kind_has_words()
    {
        foreach (var kind in AuditKinds.All)
            JournalTexts.Kind(kind).ShouldNotBe(kind);
    }

    private static string Fresh() => $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@audit.example";

    private static async Task<JsonElement> Read(Browser admin, string query)
    {
        using var answer = await admin.Get("/api/administration/audit" + query);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Newest first.</summary>
    private async Task<IReadOnlyList<AuditEntry>> Of(string email)
    {
        await using var database = NpgsqlDataSource.Create(portal.Realm.Postgres);
        return
        [
            .. (await new AuditRows("portal").Find(database, new AuditQuery(JournalNames.IdOf(email)), CancellationToken.None)).Select(r =>
                r.Entry
            ),
        ];
    }

    private async Task<Browser> SessionOf(string role, string email)
    {
        var browser = new Browser(portal);
        var request = new HttpRequestMessage(HttpMethod.Post, LocalSession.Path);
        request.Headers.Authorization = portal.Realm.Bearer(role, email);
        (await browser.Send(request)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return browser;
    }
}
