using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MimeKit;
using Stages.Chaos;
using Stages.Testing;

// Nothing lost, nothing doubled. Several clients submit enrolments to two copies of Enrolment while every process in turn is killed
// without warning and started again. Afterwards each acknowledged enrolment must stand once in Enrolment, once in Scheduling, and
// have been acknowledged by mail once, or twice at most. Prints the counts; ends with status 1 when they are not right.
var enrolments = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2000;
const int clients = 8;
const int rounds = 2;
const string school = "0340008Z";

await using var scene = await Scene.Start();
Console.WriteLine($"two copies of Enrolment and of Scheduling, Notification, mailbox, PostgreSQL, RabbitMQ run; logs in {scene.Logs}");
var campaign = await OpenCampaign();

var acknowledged = new ConcurrentDictionary<int, Guid>();
var (next, retries) = (0, 0);
using var released = new SemaphoreSlim(0);
var watch = Stopwatch.StartNew();
var kills = Kill();
await Task.WhenAll(Enumerable.Range(0, clients).Select(c => Task.Run(() => Submit(c))));
var submitted = watch.Elapsed;
var killed = await kills;
Console.WriteLine(
    $"{acknowledged.Count} enrolments acknowledged in {submitted.TotalSeconds:0} s with {retries} repeated requests and {killed} kills"
);

var inScheduling = await Eventually.Is(
    () => scene.Ask<long>("select count(*) from scheduling.mt_doc_candidate"),
    n => n >= enrolments,
    TimeSpan.FromMinutes(5)
);
var inEnrolment = await scene.Ask<long>("select count(*) from enrolment.mt_doc_enrolment");
var streams = await scene.Ask<long>("select count(*) from enrolment.mt_streams");
var missingInEnrolment = await Missing("enrolment.mt_doc_enrolment");
var missingInScheduling = await Missing("scheduling.mt_doc_candidate");
var mails = await Eventually.Is(() => Task.FromResult(Mails()), found => found.Count >= enrolments, TimeSpan.FromMinutes(5));
await Eventually.Is(
    () => scene.Ask<long>("select count(*) from notification.deliveries where status = 'pending'"),
    n => n == 0,
    TimeSpan.FromMinutes(3)
);
mails = Mails();
var (none, once, twice, more) = (
    enrolments - mails.Count,
    mails.Values.Count(n => n == 1),
    mails.Values.Count(n => n == 2),
    mails.Values.Count(n => n > 2)
);

Console.WriteLine(
    $"""
    acknowledged over HTTP        {acknowledged.Count}
    in Enrolment                  {inEnrolment} states, {streams} streams, {missingInEnrolment} acknowledged ones missing
    in Scheduling                 {inScheduling} candidates, {missingInScheduling} acknowledged ones missing
    mail: never / once / twice / more often   {none} / {once} / {twice} / {more}
    """
);
var right =
    acknowledged.Count == enrolments
    && inEnrolment == enrolments
    && streams == enrolments
    && missingInEnrolment == 0
    && inScheduling == enrolments
    && missingInScheduling == 0
    && none == 0
    && more == 0;
Console.WriteLine(right ? "Nothing lost, nothing doubled." : "WRONG: something was lost or doubled.");
return right ? 0 : 1;

async Task<Guid> OpenCampaign()
{
    using var http = new HttpClient { BaseAddress = scene.Scheduling[0].Address };
    var admin = scene.Token("scheduling", "admin", "admin@example.org");
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", admin);
    var now = TimeProvider.System.GetUtcNow();
    string[] levels = ["6e", "5e", "4e", "3e"];
    var answer = await http.PostAsJsonAsync(
        "/api/campaigns",
        new
        {
            name = "Printemps 2021",
            academy = "Montpellier",
            zone = "C",
            timeZone = "Europe/Paris",
            weeks = new[] { new { label = "A", monday = "2021-04-12" }, new { label = "B", monday = "2021-04-19" } },
            slotStarts = new[] { "09:00", "11:15", "14:00", "16:15" },
            closedDates = Array.Empty<string>(),
            enrolmentOpens = now.AddDays(-1),
            enrolmentCloses = now.AddDays(9),
            levels,
            subjects = new[]
            {
                new
                {
                    code = "FR",
                    name = "Français",
                    levels,
                },
                new
                {
                    code = "MATHS",
                    name = "Mathématiques",
                    levels,
                },
            },
            rules = new
            {
                groupMin = 3,
                groupMax = 6,
                modulesMin = 3,
                modulesMax = 4,
                modulesPerDayMax = 1,
                singleWeek = true,
            },
        }
    );
    if (!answer.IsSuccessStatusCode)
        throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    // Known to Enrolment when it no longer answers "no such campaign" to a body that is wrong in another way.
    using var family = new HttpClient { BaseAddress = scene.Enrolment[1].Address };
    var probe = scene.Token("enrolment", "family", "probe@example.org");
    family.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", probe);
    await Eventually.Is(
        async () => (int)(await family.PostAsync($"/api/campaigns/{id}/enrolments", Body(0, "LATIN"))).StatusCode,
        status => status == 422
    );
    return id;
}

HttpContent Body(int number, string subject = "MATHS") =>
    JsonContent.Create(
        new
        {
            pupil = new
            {
                firstName = $"Élève {number} 🎒",
                lastName = "D’Essai",
                level = "6e",
                schoolUai = school,
            },
            guardians = new[]
            {
                new
                {
                    name = "Parent D’Essai",
                    email = $"parent{number}@example.org",
                    language = number % 7 == 0 ? "en" : "fr",
                },
            },
            wishes = new[] { new { subject, rank = 1 } },
            weeks = new[] { new { label = "A", preference = 2 } },
            slots = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["A"] = ["MON-09:00", "TUE-09:00", "WED-09:00"] },
            consent = true,
        }
    );

// A client that does what ours do: one key for one enrolment, and the same request again until it is answered.
async Task Submit(int client)
{
    var copies = scene.Enrolment.Select(e => new HttpClient { BaseAddress = e.Address, Timeout = TimeSpan.FromSeconds(15) }).ToArray();
    var turn = client;
    while (Interlocked.Increment(ref next) is var number && number <= enrolments)
    {
        await released.WaitAsync();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var token = scene.Token("enrolment", "family", $"parent{number}@example.org");
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/campaigns/{campaign}/enrolments")
                {
                    Content = Body(number),
                };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                request.Headers.Add("Idempotency-Key", $"enrolment-{number}");
                using var answer = await copies[turn++ % copies.Length].SendAsync(request);
                if ((int)answer.StatusCode == 201)
                {
                    acknowledged[number] = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
                    break;
                }
                if ((int)answer.StatusCode < 500)
                    throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                // The copy, the database or the broker is away: the same again.
            }
            Interlocked.Increment(ref retries);
            await pause.WaitForNextTickAsync();
        }
    }
    foreach (var copy in copies)
        copy.Dispose();
}

// A share of the enrolments is released before each kill, and the victim falls when a third of that share is through: requests are
// under way each time.
async Task<int> Kill()
{
    (string Name, Func<Task> Kill)[] victims =
    [
        ("Enrolment 1", () => scene.KillAndRestart(scene.Enrolment[0])),
        ("Scheduling 1", () => scene.KillAndRestart(scene.Scheduling[0])),
        ("Notification", () => scene.KillAndRestart(scene.Notification)),
        ("RabbitMQ", () => scene.KillAndRestartServer("RABBITMQ_PID")),
        ("PostgreSQL", () => scene.KillAndRestartServer("POSTGRES_PID")),
        ("Enrolment 2", () => scene.KillAndRestart(scene.Enrolment[1])),
        ("Scheduling 2", () => scene.KillAndRestart(scene.Scheduling[1])),
    ];
    var steps = rounds * victims.Length;
    for (var step = 0; step < steps; step++)
    {
        var (name, kill) = victims[step % victims.Length];
        var before = acknowledged.Count;
        var share = (enrolments * (step + 1) / steps) - (enrolments * step / steps);
        if (share > 0)
            released.Release(share);
        await Eventually.Is(() => Task.FromResult(acknowledged.Count), n => n >= before + (share / 3), TimeSpan.FromMinutes(2));
        await kill();
        Console.WriteLine($"{watch.Elapsed.TotalSeconds, 6:0.0} s  {name} killed and started again; {acknowledged.Count} acknowledged");
    }
    return steps;
}

async Task<long> Missing(string table)
{
    var present = new HashSet<Guid>();
    await using var connection = new Npgsql.NpgsqlConnection(scene.Postgres);
    await connection.OpenAsync();
    await using var command = new Npgsql.NpgsqlCommand($"select id from {table}", connection);
    await using var reader = await command.ExecuteReaderAsync();
    while (await reader.ReadAsync())
        present.Add(reader.GetGuid(0));
    return acknowledged.Values.Count(id => !present.Contains(id));
}

// Mails by recipient; each family of this run has one enrolment and one guardian.
Dictionary<string, int> Mails()
{
    var found = new Dictionary<string, int>(StringComparer.Ordinal);
    // Only what was delivered: below lies what is still being written.
    foreach (var file in Directory.EnumerateFiles(scene.MailFolder, "*.eml"))
    {
        var mail = MimeMessage.Load(file);
        foreach (var to in mail.To.Mailboxes)
            found[to.Address] = found.GetValueOrDefault(to.Address) + 1;
    }
    return found;
}
