using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Shouldly;
using Stages.SystemTests.Classroom;
using Stages.Testing;
using Stages.Vocabulary;
using Xunit;

namespace Stages.SystemTests.Privacy;

/// <summary>Its jobs are not waited for.</summary>
public sealed class HastyStack : Stack
{
    protected override bool HasOwnClock => true;

    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings => [new("Retention:Every", "00:00:02")];
}

/// <summary>
/// A campaign of people whose every word can be told from all others, from its enrolments to a class that is held, and then the years after
/// it: what its period has passed for is in no schema, queue or log, and what is within its period is there. The services live in those
/// years with their whole clock; the mails that people were sent are theirs and are not looked at.
/// </summary>
public sealed class RetentionTests(HastyStack stack, ITestOutputHelper output) : IClassFixture<HastyStack>
{
    private const string Anne = "anne.zzkept1@example.org";
    private const string Teacher = "tom.zzkept2@example.org";
    private const string Refusing = "unknown@zzkept3.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Names and addresses, and what people wrote; in the step from which on nothing of it is left.</summary>
    private static readonly (string Word, string Where, Step From, Step Gone)[] Words =
    [
        ("Listezz", "portal.mt_doc_importsheet", Step.Planted, Step.Class),
        ("Brouillonzz", "enrolment.", Step.Planted, Step.HalfYear),
        // The whole address; what is before the at sign is left out of the trace that stays.
        (Refusing, "notification.deliveries", Step.Planted, Step.HalfYear),
        ("Echeczz", "queue notification_error", Step.Planted, Step.HalfYear),
        // When its patience is over it is set aside, and ends thirty days after that.
        ("Attentezz", "", Step.Planted, Step.HalfYear),
        ("Tachezz", "hangfire_notification.", Step.Planted, Step.HalfYear),
        ("Bavardzz", "classroom.", Step.Class, Step.HalfYear),
        // Of the shared notes browsers alone can read the bytes, which a dump shows in hexadecimal.
        (Convert.ToHexStringLower("Pageszz"u8), "classroom.class_notes", Step.Class, Step.HalfYear),
        ("Signalzz", "classroom.", Step.Class, Step.TwoYears),
        ("Absencezz", "classroom.", Step.Class, Step.End),
        ("Motzz", "enrolment.", Step.Planted, Step.End),
        ("Refuszz", "enrolment.", Step.Planted, Step.End),
        ("Enfantzz", "", Step.Planted, Step.End),
        ("Famillezz", "", Step.Planted, Step.End),
        ("Annezz", "", Step.Planted, Step.End),
        ("zzkept1", "", Step.Planted, Step.End),
        ("zzkept2", "", Step.Planted, Step.End),
        ("Tomzz", "", Step.Planted, Step.End),
        ("Vuezz", "scheduling.", Step.Planted, Step.End),
        (PersonId.FromEmail(Anne).ToString(), "", Step.Planted, Step.End),
        (PersonId.FromEmail(Teacher).ToString(), "", Step.Planted, Step.End),
    ];

    /// <summary>What names nobody in words, counted by rows of before the class.</summary>
    private static readonly (string Rows, Step Gone)[] Tables =
    [
        ("enrolment.named_addresses where day <= $1::date", Step.Class),
        ("enrolment.mt_doc_answeredrequest where (data ->> 'at')::timestamptz < $1", Step.Class),
        ("enrolment.mt_doc_consumedmessage where (data ->> 'at')::timestamptz < $1", Step.HalfYear),
        ("scheduling.mt_doc_consumedmessage where (data ->> 'at')::timestamptz < $1", Step.HalfYear),
        ("notification.mt_doc_consumedmessage where (data ->> 'at')::timestamptz < $1", Step.HalfYear),
        ("classroom.mt_doc_consumedmessage where (data ->> 'at')::timestamptz < $1", Step.HalfYear),
        ("notification.deliveries where created_at < $1", Step.TwoYears),
        ("scheduling.mt_doc_runinstance where $1 is not null", Step.TwoYears),
        ("enrolment.audit_log where at < $1", Step.TwoYears),
        ("scheduling.audit_log where at < $1", Step.TwoYears),
        ("notification.mt_doc_knownaddress where $1 is not null", Step.End),
    ];

    private enum Step
    {
        Planted,
        Class,
        HalfYear,
        TwoYears,
        End,
    }

    [Fact]
    public async Task what_its_period_has_passed_for_is_found_in_no_dump_and_the_rest_is_there()
    {
        var began = TimeProvider.System.GetUtcNow();
        var campaign = await Plant();
        var module = await Publish(campaign);
        var plantedBefore = stack.Realm.Now.AddHours(1);
        await Holds(Step.Planted, plantedBefore);

        stack.MoveTo(module.Starts.AddMinutes(2) - TimeProvider.System.GetUtcNow());
        await TryWhatWaits();
        await Hold(module.Id);
        await Holds(Step.Class, plantedBefore);

        stack.MoveTo(TimeSpan.FromDays(179));
        await Holds(Step.HalfYear, plantedBefore);

        var written = Mails;
        await AgeAudit(TimeSpan.FromDays(725));
        stack.MoveTo(TimeSpan.FromDays(725));
        await Holds(Step.TwoYears, plantedBefore);

        // The last day of the campaign is in its second week.
        stack.MoveTo(module.Starts.AddDays(14 + 731) - began);
        await Holds(Step.End, plantedBefore);
        Mails.ShouldBe(written, "that something is forgotten after years is news to nobody");
    }

    private int Mails => Directory.EnumerateFiles(stack.MailFolder, "*.eml").Count();

    private async Task<Guid> Plant()
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        using var anne = stack.Client("family", Anne);
        using var tom = stack.Client("teacher", Teacher);
        var campaign = await coordinator.Made("/api/campaigns", Soon("Durées"));
        var guardians = new[] { ("Annezz Un", Anne, (string?)null), ("Refusantzz Deux", Refusing, null) };
        foreach (var first in new[] { "Enfantzz", "Enfantzz Deux", "Enfantzz Trois" })
        {
            var id = await anne.Enrol(campaign, first, "Famillezz", guardians);
            await coordinator.Put($"/api/enrolments/{id}/note", new { note = "Motzz sur cet enfant" });
            await anne.Put($"/api/enrolments/{id}/objection", new { reason = "Refuszz" });
        }
        var stranger = Guid.CreateVersion7(stack.Realm.Now);
        await Stuck.SetAside(stack, stranger, "Echeczz", "anybody@example.org");
        await Stuck.Park(stack, stranger, "Attentezz", "anybody@example.org");
        await Stuck.Job(stack, stranger, "Tachezz");
        await anne.Put($"/api/drafts/{stranger}", new { campaignId = campaign, content = new { firstName = "Brouillonzz" } });
        var offer = await tom.Made($"/api/campaigns/{campaign}/offers", Planting.Offer("Tomzz Vidal", Teacher));
        await Eventually.True(async () =>
            (await coordinator.PostAsJsonAsync($"/api/offers/{offer}/accept", new { reason = "Vuezz" }, Cancel)).IsSuccessStatusCode
        );
        using var list = new MultipartFormDataContent
        {
            { new StringContent("bring"), "_handler" },
            { new StringContent("A"), "weeks" },
            { new StringContent("yes"), "consent" },
            { new ByteArrayContent("nom;prénom;niveau;UAI;vœux\nUn;Listezz;6e;0340008Z;FR\n"u8.ToArray()), "file", "liste.csv" },
        };
        using var brought = await coordinator.PostAsync($"/coordination/{campaign}/importer/inscriptions", list, Cancel);
        return campaign;
    }

    /// <summary>The three children in one stage, all families told.</summary>
    private async Task<(Guid Id, DateTimeOffset Starts)> Publish(Guid campaign)
    {
        var module = (await stack.Publish(campaign, pupils: 3)).GetProperty("modules")[0];
        using var tom = stack.Client("teacher", Teacher);
        var id = module.GetProperty("id").GetGuid();
        await Eventually.True(async () => (await tom.GetAsync($"/api/modules/{id}/attendance", Cancel)).IsSuccessStatusCode);
        return (id, module.GetProperty("startsAt").GetDateTimeOffset());
    }

    /// <summary>The class is held: something is said, written, noted and reported.</summary>
    private async Task Hold(Guid module)
    {
        using var tom = stack.Client("teacher", Teacher);
        using var anne = stack.Client("family", Anne);
        using var http = new HttpClient();
        using var joined = await tom.PostAsJsonAsync($"/api/modules/{module}/join", new { }, Cancel);
        var link = (await joined.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("url").GetString()!;
        using var teacher = await SignallingClient.Enter(http, stack.Service("Classroom"), module, link);
        await teacher.Admitted.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Done(await teacher.Call("Say", "Bavardzz", "all"));
        Done(await teacher.Call("WriteNotes", Convert.ToBase64String("Pageszz"u8)));
        var attendance = await Get(tom, $"/api/modules/{module}/attendance");
        var pupil = attendance.GetProperty("pupils")[0].GetProperty("enrolmentId").GetGuid();
        var pupils = new[]
        {
            new
            {
                enrolmentId = pupil,
                minutesPresent = 10,
                note = "Absencezz",
            },
        };
        await tom.Put($"/api/modules/{module}/attendance", new { pupils });
        await anne.Post($"/api/modules/{module}/reports", new { text = "Signalzz", about = "teacher" });
    }

    private async Task Holds(Step step, DateTimeOffset plantedBefore)
    {
        var words = Words.Where(w => w.From <= step).ToList();
        var (gone, kept) = (words.Where(w => w.Gone <= step).ToList(), words.Where(w => w.Gone > step).ToList());
        try
        {
            await Eventually.True(
                async () =>
                {
                    var found = await stack.Search(words.Select(w => w.Word));
                    return gone.TrueForAll(w => Places(found, w).Count == 0) && kept.TrueForAll(w => Places(found, w).Count > 0);
                },
                TimeSpan.FromMinutes(1)
            );
            foreach (var (rows, from) in Tables)
                await Eventually.Is(() => Rows(rows, plantedBefore), n => n > 0 == step < from, condition: rows);
        }
        finally
        {
            var found = await stack.Count(output, $"{step}", words.Select(w => w.Word));
            foreach (var (rows, _) in Tables)
                output.WriteLine($"{step}: {rows}: {await Rows(rows, plantedBefore)}");
            gone.Where(w => Places(found, w).Count > 0).Select(w => w.Word).ShouldBeEmpty($"{step}: its period has passed");
            kept.Where(w => Places(found, w).Count == 0).Select(w => w.Word).ShouldBeEmpty($"{step}: its period has not passed");
        }
    }

    private static List<string> Places(
        IReadOnlyDictionary<string, IReadOnlyList<string>> found,
        (string Word, string Where, Step From, Step Gone) word
    ) => [.. found[word.Word].Where(place => place.StartsWith(word.Where, StringComparison.Ordinal))];

    private async Task<long> Rows(string rows, DateTimeOffset plantedBefore)
    {
        await using var database = NpgsqlDataSource.Create(stack.Realm.Postgres);
        await using var command = database.CreateCommand($"select count(*) from {rows}");
        command.Parameters.Add(new() { Value = plantedBefore, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    /// <summary>
    /// What is parked is tried each hour at the latest, by the database's clock: here at once, as <c>infra/messages</c> does it.
    /// </summary>
    private async Task TryWhatWaits()
    {
        await using var database = NpgsqlDataSource.Create(stack.Realm.Postgres);
        await using var command = database.CreateCommand("update notification.parked_messages set due_at = clock_timestamp()");
        await command.ExecuteNonQueryAsync(Cancel);
        await Eventually.True(async () =>
            (await stack.Search(["Attentezz"]))["Attentezz"].SequenceEqual(["queue notification_error: 1"], StringComparer.Ordinal)
        );
    }

    /// <summary>
    /// Nobody takes anything out of the log before its year is over by the database's clock, which no service moves: here its owner,
    /// as time does.
    /// </summary>
    private async Task AgeAudit(TimeSpan by)
    {
        await using var database = NpgsqlDataSource.Create(stack.Realm.Postgres);
        foreach (var schema in TestRealm.Services.Select(s => s.ToLower(CultureInfo.InvariantCulture)))
        {
            await using var command = database.CreateCommand(
                $"""
                alter table {schema}.audit_log disable trigger user;
                update {schema}.audit_log set at = at - make_interval(days => {(int)by.TotalDays});
                alter table {schema}.audit_log enable trigger user;
                """
            );
            await command.ExecuteNonQueryAsync(Cancel);
        }
    }

    /// <summary>
    /// A campaign whose first week is the next but one at the latest, so that its class is held before a draft's month is over.
    /// </summary>
    private static System.Text.Json.Nodes.JsonNode Soon(string name)
    {
        var campaign = JsonSerializer.SerializeToNode(Api.Example.Campaign(name))!;
        var now = TimeProvider.System.GetUtcNow();
        var monday = DateOnly.FromDateTime(now.UtcDateTime).AddDays(7 + (8 - (int)now.DayOfWeek) % 7);
        campaign["enrolmentCloses"] = now.AddDays(5);
        campaign["weeks"]![0]!["monday"] = monday.ToString("O", CultureInfo.InvariantCulture);
        campaign["weeks"]![1]!["monday"] = monday.AddDays(7).ToString("O", CultureInfo.InvariantCulture);
        return campaign;
    }

    private static void Done(JsonElement reply) => reply.GetProperty("ok").GetBoolean().ShouldBeTrue(reply.ToString());

    private static Task<JsonElement> Get(HttpClient client, string address) => client.GetFromJsonAsync<JsonElement>(address, Cancel);
}
