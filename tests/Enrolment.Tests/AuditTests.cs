using System.Text.Json;
using Npgsql;
using Stages.Testing;
using Stages.Vocabulary;

namespace Stages.Enrolments.Tests;

/// <summary>Who read which child's file, who was refused; and that nobody changes it afterwards.</summary>
public sealed class AuditTests(EnrolmentService service) : IAsyncLifetime
{
    private const string Coordinator = "camille@example.org";

    public async ValueTask InitializeAsync() => await service.TellCampaigns();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void each_endpoint_says_what_is_noted_of_it() =>
        WhatIsNoted.Is(
            service.Services,
            """
            * /health/live                                          -
            * /health/ready                                         -
            DELETE /api/drafts/{id:guid}                            -
            DELETE /api/enrolments/{id:guid}                        read
            DELETE /api/enrolments/{id:guid}/data                   erasure
            DELETE /api/enrolments/{id:guid}/objection              read
            DELETE /internal/people/{personId:guid}                 -
            GET /api/campaigns/{campaignId:guid}/enrolments         read
            GET /api/campaigns/{campaignId:guid}/enrolments/pupils  read
            GET /api/enrolments/{id:guid}                           read
            GET /api/enrolments/{id:guid}/draw                      -
            GET /api/me/drafts                                      -
            GET /api/me/enrolments                                  read
            GET /api/me/modules                                     -
            GET /api/schools                                        -
            GET /api/schools/{uai}                                  -
            GET /internal/audit                                     -
            GET /internal/people/{personId:guid}                    -
            GET /internal/retention                                 -
            GET /openapi/{documentName}.json                        -
            POST /api/campaigns/{campaignId:guid}/enrolments        read
            POST /api/enrolments/{id:guid}/another-child            read
            POST /api/enrolments/{id:guid}/confirm                  read
            POST /api/enrolments/{id:guid}/data                     export
            POST /api/enrolments/{id:guid}/decline                  read
            GET /api/enrolments/{id:guid}/merge                     read
            POST /api/enrolments/{id:guid}/merge                    read
            POST /api/schools/import                                -
            POST /internal/pupils                                   read
            PUT /api/drafts/{id:guid}                               -
            PUT /api/enrolments/{id:guid}                           read
            PUT /api/enrolments/{id:guid}/note                      read
            PUT /api/enrolments/{id:guid}/objection                 read
            PUT /api/enrolments/{id:guid}/report                    read
            """
        );

    [Fact]
    public void every_answer_out_of_a_childs_file_is_noted() => WhatIsNoted.OfEveryChildsFile(service.Services);

    [Fact]
    public async Task a_coordinator_who_opens_a_file_is_noted_and_its_family_is_not()
    {
        using var family = service.Client("family", "parent@example.org");
        using var coordinator = service.Client("coordinator", Coordinator, "034");
        using var foreign = service.Client("coordinator", "elsewhere@example.org", "066");
        var id = await Enrolled(family);
        (await family.GetAsync($"/api/enrolments/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await coordinator.GetAsync($"/api/enrolments/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await coordinator.GetAsync($"/api/campaigns/{service.Open}/enrolments?limit=1000")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var asked = await coordinator.PostAsJsonAsync("/internal/pupils", new { enrolmentIds = new[] { id } });
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await foreign.GetAsync($"/api/enrolments/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.GetAsync("/api/me/enrolments")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var rows = await Eventually.Is(() => About(id), found => found.Count >= 4);
        string[] reads = ["GET /api/enrolments/{id:guid}", "GET /api/campaigns/{campaignId:guid}/enrolments", "POST /internal/pupils"];
        rows.Where(r => r.Kind == AuditKinds.Read).Select(r => r.What).ShouldBe(reads, ignoreOrder: true);
        rows.Where(r => r.Kind == AuditKinds.Read)
            .ShouldAllBe(r => r.Person == Of(Coordinator) && r.Territory == "034" && r.Role == "coordinator" && r.Reference!.Length == 10);
        rows.Single(r => r.Kind == AuditKinds.Refused)
            .ShouldSatisfyAllConditions(r => r.Person.ShouldBe(Of("elsewhere@example.org")), r => r.Status.ShouldBe(404));
        (await Eventually.Is(() => By("elsewhere@example.org"), found => found.Count >= 2)).ShouldContain(r => r.Status == 403);
    }

    [Fact]
    public async Task an_administrator_reads_the_log_and_nobody_else_does()
    {
        using var admin = service.Client("admin", "admin@example.org");
        using var coordinator = service.Client("coordinator", Coordinator);
        (await admin.GetAsync("/internal/audit?limit=3")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await coordinator.GetAsync("/internal/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task a_row_stays_as_it_was_written()
    {
        await using var database = NpgsqlDataSource.Create(service.Realm.Postgres);
        await Log(database, "kept", Entries(3));
        foreach (
            var sql in (string[])
                [
                    "update kept.audit_log set what = 'nothing'",
                    "delete from kept.audit_log",
                    "truncate kept.audit_log",
                    "truncate kept.audit_starts",
                ]
        )
            (await Should.ThrowAsync<PostgresException>(() => Run(database, sql))).MessageText.ShouldContain("is kept");
        (await Faults(database, "kept")).ShouldBeEmpty();
        // Whoever owns the database can do more; it is found.
        await Tamper(database, "update kept.audit_log set status = 599 where seq = 2");
        (await Faults(database, "kept")).ShouldBe([new AuditFault(2, 2, AuditChain.Changed)]);
        await Tamper(database, "delete from kept.audit_log where seq = 2");
        (await Faults(database, "kept")).ShouldBe([new AuditFault(2, 2, AuditChain.Missing)]);
    }

    [Fact]
    public async Task what_is_older_than_a_year_goes_and_the_rest_can_still_be_verified()
    {
        await using var database = NpgsqlDataSource.Create(service.Realm.Postgres);
        var now = TimeProvider.System.GetUtcNow();
        await Log(database, "old", [.. Entries(6).Select((e, i) => e with { At = Whole(now.AddDays(-400 + i)) }), .. Entries(4)]);

        (await ForgetAudit.Forget(database, "old", now.AddDays(-397), CancellationToken.None)).ShouldBe(3);
        (await ForgetAudit.Forget(database, "old", now, CancellationToken.None)).ShouldBe(3, "nothing younger than a year, whoever asks");
        (await ForgetAudit.Forget(database, "old", now, CancellationToken.None)).ShouldBe(0);
        (await Faults(database, "old")).ShouldBeEmpty();
        await Log(database, "old", Entries(1));
        (await Faults(database, "old")).ShouldBeEmpty();
        (await new AuditRows("old").All(database, CancellationToken.None).CountAsync()).ShouldBe(5);
    }

    [Fact]
    public async Task a_log_of_which_all_is_forgotten_goes_on_with_the_next_number()
    {
        await using var database = NpgsqlDataSource.Create(service.Realm.Postgres);
        var now = TimeProvider.System.GetUtcNow();
        await Log(database, "empty", [.. Entries(2).Select(e => e with { At = Whole(now.AddDays(-400)) })]);
        (await ForgetAudit.Forget(database, "empty", now, CancellationToken.None)).ShouldBe(2);
        await Log(database, "empty", Entries(1));
        (await new AuditRows("empty").All(database, CancellationToken.None).SingleAsync()).Seq.ShouldBe(3);
        (await Faults(database, "empty")).ShouldBeEmpty();
    }

    [Fact]
    public async Task of_many_who_write_at_once_each_has_its_place()
    {
        await using var database = NpgsqlDataSource.Create(service.Realm.Postgres);
        await Log(database, "many", []);
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async _ =>
                {
                    await using var connection = await database.OpenConnectionAsync();
                    await new AuditTable("many").Append(connection, Entries(5), CancellationToken.None);
                })
        );
        (await new AuditRows("many").All(database, CancellationToken.None).CountAsync()).ShouldBe(100);
        (await Faults(database, "many")).ShouldBeEmpty();
    }

    private static IReadOnlyList<AuditEntry> Entries(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new AuditEntry(
                    Whole(TimeProvider.System.GetUtcNow()),
                    AuditKinds.Read,
                    null,
                    "admin",
                    null,
                    "GET /",
                    [Guid.CreateVersion7(TimeProvider.System.GetUtcNow())],
                    200 + i,
                    null,
                    null
                )),
        ];

    /// <summary>A log of this test's own, in the service's database.</summary>
    private static async Task Log(NpgsqlDataSource database, string schema, IReadOnlyList<AuditEntry> entries)
    {
        await Run(database, $"create schema if not exists {schema}; {new AuditTable(schema).Create}");
        await using var connection = await database.OpenConnectionAsync();
        if (entries.Count > 0)
            await new AuditTable(schema).Append(connection, entries, CancellationToken.None);
    }

    private static DateTimeOffset Whole(DateTimeOffset instant) => new(instant.UtcTicks / 10 * 10, TimeSpan.Zero);

    private static Guid Of(string email) => AuditKey.Person(PersonId.FromEmail(email));

    private async Task<IReadOnlyList<AuditEntry>> About(Guid id) => await Find(new AuditQuery(Object: id));

    private async Task<IReadOnlyList<AuditEntry>> By(string email) => await Find(new AuditQuery(Person: Of(email)));

    private async Task<IReadOnlyList<AuditEntry>> Find(AuditQuery query)
    {
        await using var database = NpgsqlDataSource.Create(service.Realm.Postgres);
        return [.. (await new AuditRows("enrolment").Find(database, query, CancellationToken.None)).Select(r => r.Entry)];
    }

    private static Task Tamper(NpgsqlDataSource database, string sql) =>
        Run(database, $"set session_replication_role = replica; {sql}; reset session_replication_role");

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<IReadOnlyList<AuditFault>> Faults(NpgsqlDataSource database, string schema)
    {
        var rows = new AuditRows(schema);
        var start = await rows.Start(database, CancellationToken.None);
        return await AuditChain
            .Verify(schema, start, rows.All(database, CancellationToken.None), new Dictionary<long, string>())
            .ToListAsync();
    }

    private async Task<Guid> Enrolled(HttpClient family)
    {
        using var submitted = await family.PostAsJsonAsync($"/api/campaigns/{service.Open}/enrolments", Some.Request());
        return (await submitted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}
