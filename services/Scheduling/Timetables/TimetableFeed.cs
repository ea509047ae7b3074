using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Timetables;

/// <summary>What somebody did to a stage.</summary>
/// <param name="What">Name of the newest event, stable.</param>
/// <param name="By">Name of the coordinator who did it; null for families, teachers and the service itself.</param>
/// <param name="Stage">As it stands now; null when it does not, or no longer, concern the reader.</param>
public sealed record StageNews(Guid StageId, string What, Guid? ById, string? By, StageView? Stage);

/// <summary>
/// Tells boards at once what others do. Every copy of the service listens to the database, which speaks when a transaction that
/// changed stages has committed: whichever copy did it, each board hears of it. A copy that lost its connection tells its boards to
/// read everything anew, so that nothing is missed.
/// </summary>
public sealed class TimetableFeed(NpgsqlDataSource database, IDocumentStore store, TimeProvider clock, ILogger<TimetableFeed> logger)
    : BackgroundService,
        IHealthCheck
{
    /// <summary>A gateway ends a connection that is silent for minutes.</summary>
    private static readonly TimeSpan Sign = TimeSpan.FromSeconds(20);

    private readonly Channel<Heard> heard = Channel.CreateUnbounded<Heard>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<Board, bool> boards = new();

    /// <summary>Why nothing is heard, and will not be by waiting; null while it is, or the database is away for a moment.</summary>
    private volatile string? deaf;

    /// <summary>The same of what was heard of and cannot be read.</summary>
    private volatile string? blind;

    private sealed class NoTrigger() : Exception("The trigger that tells of changed stages is not there.");

    private sealed record Heard(Guid Stage, string What, Guid? Id, string? By);

    private sealed class Board(Guid campaign, Caller caller)
    {
        public Guid Campaign { get; } = campaign;

        public Caller Caller { get; } = caller;

        /// <summary>What the reader of one territory has been shown: of other stages they hear nothing, not even that these are.</summary>
        private readonly ConcurrentDictionary<Guid, bool> shown = new();

        public void Shown(IEnumerable<Guid> stages)
        {
            foreach (var stage in stages)
                shown[stage] = true;
        }

        /// <summary>Null for a stage that neither concerns nor concerned the reader.</summary>
        public StageNews? News(Stage stage, bool concerns, Heard word, Func<StageView> view)
        {
            if (concerns)
                shown[stage.Id] = true;
            else if (Caller.Territory is not null)
                // It left the territory: that is told, and by whom it was is not.
                return shown.TryRemove(stage.Id, out _) ? new StageNews(stage.Id, word.What, null, null, null) : null;
            return new StageNews(stage.Id, word.What, word.Id, word.By, concerns ? view() : null);
        }

        /// <summary>Null: read everything anew. A board that falls far behind is told so instead of piling up.</summary>
        public Channel<IReadOnlyList<StageNews>?> Waiting { get; } =
            Channel.CreateBounded<IReadOnlyList<StageNews>?>(
                new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest }
            );
    }

    /// <summary>What happens to the stages that concern this coordinator, from now on, until they go away.</summary>
    public async IAsyncEnumerable<SseItem<IReadOnlyList<StageNews>>> Follow(
        Guid campaign,
        Caller caller,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var board = new Board(campaign, caller);
        boards[board] = true;
        try
        {
            // After the board is known, so that nothing falls between what is read and what is heard.
            if (caller.Territory is { } territory)
                await using (var reads = store.QuerySession())
                    board.Shown(await reads.Query<Stage>().LiveOf(campaign).Concerning(territory).Select(s => s.Id).ToListAsync(cancel));
            using var tick = new PeriodicTimer(Sign, clock);
            var sign = tick.WaitForNextTickAsync(cancel).AsTask();
            var more = board.Waiting.Reader.WaitToReadAsync(cancel).AsTask();
            yield return new SseItem<IReadOnlyList<StageNews>>([], "here");
            while (true)
            {
                if (await Task.WhenAny(more, sign) == sign)
                {
                    if (!await sign)
                        yield break;
                    sign = tick.WaitForNextTickAsync(cancel).AsTask();
                    yield return new SseItem<IReadOnlyList<StageNews>>([], "here");
                    continue;
                }
                if (!await more)
                    yield break;
                while (board.Waiting.Reader.TryRead(out var news))
                    yield return new SseItem<IReadOnlyList<StageNews>>(news ?? [], news is null ? "anew" : "stages");
                more = board.Waiting.Reader.WaitToReadAsync(cancel).AsTask();
            }
        }
        finally
        {
            boards.TryRemove(board, out _);
        }
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/campaigns/{campaignId:guid}/stages/events",
                async (
                    Guid campaignId,
                    Caller caller,
                    TimetableFeed feed,
                    IQuerySession reads,
                    TimeProvider clock,
                    HttpContext http,
                    CancellationToken cancel
                ) =>
                    await reads.LoadAsync<Campaign>(campaignId, cancel) is null
                        ? new NotFound().AsProblem()
                        : Results.ServerSentEvents(http.WhileTokenLasts(clock, stop => feed.Follow(campaignId, caller, stop), cancel))
            )
            .For(Roles.Coordinator)
            .Produces<IReadOnlyList<StageNews>>(contentType: "text/event-stream");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Listen(stoppingToken), Tell(stoppingToken));

    private async Task Listen(CancellationToken stop)
    {
        using var again = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stop);
                connection.Notification += (_, word) => Hear(word.Payload);
                await using (var listen = new NpgsqlCommand($"listen {StageTrigger.Channel}", connection))
                    await listen.ExecuteNonQueryAsync(stop);
                await using (var speaks = new NpgsqlCommand(StageTrigger.Speaks, connection))
                    if (await speaks.ExecuteScalarAsync(stop) is not true)
                        throw new NoTrigger();
                deaf = null;
                foreach (var board in boards.Keys)
                    board.Waiting.Writer.TryWrite(null);
                while (true)
                    await connection.WaitAsync(stop);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Boards that are open are told to read anew once it listens again.
                deaf = Note(e, "Not listening to the timetable", deaf);
                await again.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>
    /// A database that is away comes back. A right that is missing, or a trigger, does not: boards would be silent for ever, and nobody
    /// would know.
    /// </summary>
    /// <param name="told">What was told last: a reason is told once, not once a second.</param>
    private string? Note(Exception e, string what, string? told)
    {
        if (e is not NoTrigger && (Problems.IsUnavailable(e) || e.GetBaseException() is not PostgresException))
        {
            logger.LogInformation(e, "{What} for a moment", what);
            return null;
        }
        var why = e.GetBaseException().Message;
        if (told != why)
            logger.LogError(e, "{What}: boards are silent until this is mended", what);
        return why;
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Nothing may change meanwhile by which it would be noticed that stages can be read again.
        if (blind is not null)
            await Try(async () =>
            {
                await using var reads = store.QuerySession();
                await reads.Query<Stage>().Select(s => s.Id).Take(1).ToListAsync(cancellationToken);
            });
        return (deaf ?? blind) is { } why ? HealthCheckResult.Unhealthy("Boards are silent: " + why) : HealthCheckResult.Healthy();
    }

    private async Task Try(Func<Task> read)
    {
        try
        {
            await read();
            blind = null;
        }
        catch (Exception e) when (e is NpgsqlException or Marten.Exceptions.MartenCommandException)
        {
            blind = Note(e, "Changed stages cannot be read", blind);
            foreach (var board in boards.Keys)
                board.Waiting.Writer.TryWrite(null);
        }
    }

    private void Hear(string payload)
    {
        if (boards.IsEmpty)
            return;
        using var said = JsonDocument.Parse(payload);
        var word = said.RootElement;
        heard.Writer.TryWrite(
            new Heard(
                word.GetProperty("stage").GetGuid(),
                word.GetProperty("what").GetString()!,
                Guid.TryParse(word.GetProperty("id").GetString(), out var id) ? id : null,
                word.GetProperty("by").GetString()
            )
        );
    }

    /// <summary>What has come together meanwhile is read at once: an adoption of hundreds of stages is a few messages.</summary>
    private async Task Tell(CancellationToken stop)
    {
        try
        {
            while (await heard.Reader.WaitToReadAsync(stop))
            {
                var newest = new Dictionary<Guid, Heard>();
                while (newest.Count < 200 && heard.Reader.TryRead(out var word))
                    newest[word.Stage] = word;
                await Try(() => Tell(newest, stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The service stops; boards find another copy.
        }
    }

    private async Task Tell(Dictionary<Guid, Heard> words, CancellationToken stop)
    {
        await using var reads = store.QuerySession();
        var stages = await reads.LoadManyAsync<Stage>(stop, [.. words.Keys]);
        foreach (var campaign in stages.GroupBy(s => s.CampaignId))
        {
            var readers = boards.Keys.Where(b => b.Campaign == campaign.Key).ToArray();
            if (readers.Length == 0 || await reads.LoadAsync<Campaign>(campaign.Key, stop) is not { Plan: var plan })
                continue;
            Guid[] ids = [.. campaign.Select(s => s.OfferId).Distinct()];
            var offers = (await reads.LoadManyAsync<Offer>(stop, ids)).ToDictionary(o => o.Id);
            var teachers = (await reads.LoadManyAsync<OfferTeacher>(stop, ids)).ToDictionary(o => o.Id);
            foreach (var board in readers)
            {
                StageNews[] news = [.. campaign.Select(s => News(s, offers.GetValueOrDefault(s.OfferId), board)).OfType<StageNews>()];
                if (news.Length > 0)
                    board.Waiting.Writer.TryWrite(news);
            }

            StageNews? News(Stage stage, Offer? offer, Board board) =>
                board.News(
                    stage,
                    stage.IsLive && StageView.Concerns(stage, offer, board.Caller),
                    words[stage.Id],
                    () => StageView.Of(stage, plan, offer?.Terms.Limits, teachers.GetValueOrDefault(stage.OfferId)?.Name).For(board.Caller)
                );
        }
    }
}
