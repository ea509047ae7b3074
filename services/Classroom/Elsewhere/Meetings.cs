using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Live;

namespace Stages.Classrooms.Elsewhere;

/// <summary>
/// A class held on BigBlueButton: made just in time, joined by personal links, its attendance read each minute and once more from
/// its report.
/// </summary>
public sealed class Meetings(
    BigBlueButtonApi api,
    IDocumentStore store,
    AskClass classes,
    TimeProvider clock,
    IOptions<BigBlueButtonOptions> server,
    ILogger<Meetings> logger
)
{
    public const string Every = "30 * * * * *";

    /// <summary>A meeting without anybody ends after so many minutes, and is made again by who comes next.</summary>
    private const string EmptyMinutes = "10";

    /// <summary>
    /// Makes the meeting unless it stands, then the link of this person alone. The name follows the seat, the role follows the
    /// server.
    /// </summary>
    public async Task<string> Join(
        ModuleInfo info,
        Guid participantId,
        string role,
        string name,
        string publicAddress,
        CancellationToken cancel
    )
    {
        var meeting = info.ModuleId.ToString();
        var now = clock.GetUtcNow();
        // Parameters of a repeated create must be identical, so nothing here may depend on who asks or when.
        await api.Create(
            [
                new("name", Clip($"{info.Subject} {string.Join(' ', info.Levels)}")),
                new("meetingID", meeting),
                new("record", "false"),
                new("allowStartStopRecording", "false"),
                new("autoStartRecording", "false"),
                new("muteOnStart", "true"),
                new("guestPolicy", "ALWAYS_ACCEPT"),
                new("maxParticipants", Text(info.Pupils + 3)),
                new("duration", Text((int)Math.Ceiling((info.EndsAt - info.StartsAt + JoinClass.Early + EnterClass.Goodbye).TotalMinutes))),
                new("meetingExpireIfNoUserJoinedInMinutes", EmptyMinutes),
                new("meetingExpireWhenLastUserLeftInMinutes", EmptyMinutes),
                new("meetingKeepEvents", "true"),
                new("lockSettingsDisablePrivateChat", "true"),
                new("allowModsToUnmuteUsers", "false"),
                new("webcamsOnlyForModerator", "false"),
                new("logoutURL", publicAddress),
                new("meta_analytics-callback-url", $"{publicAddress}/classroom/bigbluebutton/{meeting}"),
            ],
            cancel
        );
        logger.LogDebug("{Meeting} stands at {Now}", meeting, now);
        return api.JoinUrl([
            new("fullName", name.Length == 0 ? "·" : name),
            new("meetingID", meeting),
            new("role", role == ParticipantRole.Pupil ? "VIEWER" : "MODERATOR"),
            new("userID", participantId.ToString("N")),
            new("redirect", "true"),
            new("guest", "false"),
            new("excludeFromDashboard", role == ParticipantRole.Coordinator ? "true" : "false"),
        ]);
    }

    /// <summary>The job: who is in each running class that is held there.</summary>
    public async Task Poll(CancellationToken cancel)
    {
        if (!api.IsConfigured)
            return;
        await using var query = store.QuerySession();
        // Of campaigns and of single stages; a stage may also be elsewhere than its campaign.
        var places = (await query.Query<ClassPlace>().ToListAsync(cancel)).ToDictionary(p => p.Id);
        Guid[] campaigns = [.. places.Values.Where(p => p.Kind == PlaceKinds.BigBlueButton).Select(p => p.CampaignId ?? p.Id).Distinct()];
        if (campaigns.Length == 0)
            return;
        bool IsThere(ClassModule m) =>
            (places.GetValueOrDefault(m.StageId) ?? places.GetValueOrDefault(m.CampaignId))?.Kind == PlaceKinds.BigBlueButton;
        var now = clock.GetUtcNow();
        var (from, to) = (now + JoinClass.Early, now - EnterClass.Goodbye);
        var running = await query
            .Query<ClassModule>()
            .Where(m => !m.Cancelled && m.CampaignId.IsOneOf(campaigns) && m.StartsAt <= from && m.EndsAt >= to)
            .ToListAsync(cancel);
        foreach (var module in running.Where(IsThere))
        {
            try
            {
                var present = (await api.Attendees(module.Id.ToString(), cancel) ?? [])
                    .Select(a => a.ExternalId)
                    .ToHashSet(StringComparer.OrdinalIgnoreCase);
                await classes.Note(module.Id, new SeeElsewhere([.. present]), cancel: cancel);
                if (now > module.EndsAt || Intruded(await query.LoadAsync<ClassSession>(module.Id, cancel), present))
                    await api.End(module.Id.ToString(), cancel);
            }
            catch (BigBlueButtonFault e)
            {
                // Their outage is no absence: who was there counts as there until they are seen to be gone.
                logger.LogWarning("BigBlueButton does not tell who is in {Module}: {Reason}", module.Id, e.Message);
            }
        }
    }

    /// <summary>
    /// A personal link that somebody followed before is not taken back there, and nobody is put out one by one: with a person inside who
    /// is out of the class the meeting ends, and those of the class, whose page makes it again, come back without them.
    /// </summary>
    public static bool Intruded(ClassSession? session, IReadOnlySet<string> present) =>
        session?.Seats.Any(s => s.Removed && present.Contains(s.ParticipantId.ToString("N"))) == true;

    /// <summary>Of these classes those that meet there, at once; whatever fails is done by the next look at who is there.</summary>
    public async Task PutOut(IEnumerable<Guid> modules, CancellationToken cancel)
    {
        if (!api.IsConfigured)
            return;
        await using var query = store.QuerySession();
        foreach (var session in await query.LoadManyAsync<ClassSession>(cancel, [.. modules]))
        {
            if (!session.Seats.Any(s => s.Removed))
                continue;
            try
            {
                var there = (await api.Attendees(session.Id.ToString(), cancel) ?? [])
                    .Select(a => a.ExternalId)
                    .ToHashSet(StringComparer.OrdinalIgnoreCase);
                if (Intruded(session, there))
                    await api.End(session.Id.ToString(), cancel);
            }
            catch (BigBlueButtonFault e)
            {
                logger.LogWarning("BigBlueButton does not end {Module} yet: {Reason}", session.Id, e.Message);
            }
        }
    }

    public static Decision Seen(ClassSession? session, IReadOnlySet<string> present, DateTimeOffset now)
    {
        if (session is null)
            return Decision.Nothing;
        var events = new List<object>();
        foreach (var seat in session.Seats)
        {
            var there = present.Contains(seat.ParticipantId.ToString("N"));
            if (there && seat.Current is null)
                events.Add(new ParticipantArrived(seat.ParticipantId, Guid.CreateVersion7(now), Guid.Empty, now));
            else if (!there && seat.Current is { } current)
                events.Add(new ParticipantLeft(seat.ParticipantId, current.ConnectionId, now));
        }
        return Decision.Of(events);
    }

    /// <summary>The report that BigBlueButton posts once after a meeting replaces what was seen minute by minute.</summary>
    public static Decision Reported(ClassSession? session, JsonElement report, DateTimeOffset now)
    {
        if (
            session is null
            || !report.TryGetProperty("data", out var data)
            || !data.TryGetProperty("attendees", out var attendees)
            || attendees.ValueKind != JsonValueKind.Array
        )
            return Decision.Nothing;
        return Decision.Of(
            from attendee in attendees.EnumerateArray()
            let id = attendee.TryGetProperty("ext_user_id", out var e) && e.ValueKind == JsonValueKind.String ? e.GetString() : null
            let seat = session.Seats.FirstOrDefault(s =>
                string.Equals(s.ParticipantId.ToString("N"), id, StringComparison.OrdinalIgnoreCase)
            )
            where seat is not null
            let joins = Times(attendee, "joins")
            let leaves = Times(attendee, "leaves")
            where joins.Count > 0
            select (object)
                new PresenceReported(
                    seat.ParticipantId,
                    [.. joins.Select((came, i) => new ReportedStay(came, i < leaves.Count && leaves[i] >= came ? leaves[i] : now))],
                    now
                )
        );
    }

    /// <summary>The report's token: HS512 with the shared secret.</summary>
    public async Task<bool> IsTheirs(string token) =>
        // Without a secret there is no server of theirs, and anybody could sign with nothing.
        server.Value.Secret.Length > 0
        && (
            await new JsonWebTokenHandler().ValidateTokenAsync(
                token,
                new TokenValidationParameters
                {
                    // An HMAC fills a short key up with zeros; the library wants that done.
                    IssuerSigningKey = new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(server.Value.Secret.PadRight(64, '\0'))),
                    ValidAlgorithms = [SecurityAlgorithms.HmacSha512],
                    ValidateIssuer = false,
                    ValidateAudience = false,
                    RequireExpirationTime = true,
                }
            )
        ).IsValid;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/classroom/bigbluebutton/{module:guid}", Report).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Report(
        Guid module,
        JsonElement report,
        Meetings meetings,
        AskClass classes,
        [AsParameters] CommandContext context
    )
    {
        var token = context.Http.Request.Headers.Authorization.ToString();
        if (!token.StartsWith("Bearer ", StringComparison.Ordinal) || !await meetings.IsTheirs(token["Bearer ".Length..]))
            return Results.Unauthorized();
        await classes.Note(module, new ReportElsewhere(report), cancel: context.Cancel);
        return Results.Accepted();
    }

    /// <summary>The instants of a list; what is none (another version of the report) is passed over.</summary>
    private static List<DateTimeOffset> Times(JsonElement attendee, string name) =>
        attendee.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(Time).OfType<DateTimeOffset>().Order()]
            : [];

    private static DateTimeOffset? Time(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    /// <summary>2 to 64 signs, and none of them half of one.</summary>
    public static string Clip(string name) =>
        name.Length <= 64 ? name.PadRight(2, '·')
        : char.IsHighSurrogate(name[63]) ? name[..63]
        : name[..64];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
