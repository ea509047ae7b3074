using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Stages.Classrooms.Tests;

/// <summary>
/// BigBlueButton's API as its documentation describes it, over real HTTP: it rejects every wrong checksum and every parameter that
/// the call does not know, and answers with the documented message keys.
/// </summary>
internal sealed class BigBlueButtonEmulator : IAsyncDisposable
{
    public const string Secret = "639259d4-9dd8-4b25-bf01-95f9567eaf4b";

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["create"] =
        [
            "name",
            "meetingID",
            "record",
            "allowStartStopRecording",
            "autoStartRecording",
            "muteOnStart",
            "guestPolicy",
            "maxParticipants",
            "duration",
            "meetingExpireIfNoUserJoinedInMinutes",
            "meetingExpireWhenLastUserLeftInMinutes",
            "meetingKeepEvents",
            "lockSettingsDisablePrivateChat",
            "allowModsToUnmuteUsers",
            "webcamsOnlyForModerator",
            "logoutURL",
            "welcome",
        ],
        ["join"] =
        [
            "fullName",
            "meetingID",
            "role",
            "userID",
            "redirect",
            "guest",
            "excludeFromDashboard",
            "createTime",
            "errorRedirectUrl",
        ],
        ["getMeetingInfo"] = ["meetingID"],
        ["end"] = ["meetingID"],
    };

    private static readonly string[] Required = ["meetingID", "name", "fullName", "role"];

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string Parameters, List<(string Id, string Name, string Role)> In)> meetings = new(
        StringComparer.Ordinal
    );

    private BigBlueButtonEmulator(WebApplication app) => this.app = app;

    public string Url =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/bigbluebutton/api";

    public int Created { get; private set; }

    /// <summary>What it answers to everything on a bad day.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>As it says no.</summary>
    public static Task Fail(HttpContext http) => Failed("serverBusy", "<b>java.lang.OutOfMemoryError</b>").ExecuteAsync(http);

    public static async Task<BigBlueButtonEmulator> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var host = builder.Build();
        var emulator = new BigBlueButtonEmulator(host);
        host.Use((http, next) => emulator.Instead is { } other ? other(http) : next(http));
        host.UseRouting();
        host.MapGet("/bigbluebutton/api/{call}", emulator.Answer);
        host.MapGet(
            "/html5client",
            (string name, string role) =>
                Results.Text(
                    $"<!doctype html><meta charset=utf-8><p id=name>{WebUtility.HtmlEncode(name)}</p><p id=role>{role}</p>",
                    "text/html; charset=utf-8"
                )
        );
        await host.StartAsync();
        return emulator;
    }

    /// <summary>Everybody leaves, and the empty meeting is forgotten.</summary>
    public void Expire(string meeting) => meetings.TryRemove(meeting, out _);

    public void Leave(string meeting, string user) => meetings[meeting].In.RemoveAll(p => p.Id == user);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private IResult Answer(string call, HttpRequest request)
    {
        var query = (request.QueryString.Value ?? "").TrimStart('?');
        var cut = query.LastIndexOf("checksum=", StringComparison.Ordinal);
        if (cut < 0)
            return Failed("checksumError", "You did not pass the checksum security check");
        var signed = query[..cut].TrimEnd('&');
        var checksum = query[(cut + "checksum=".Length)..];
        if (!Known.TryGetValue(call, out var known))
            return Failed("unsupportedRequest", "This request is not supported.");
        if (checksum != Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(call + signed + Secret))))
            return Failed("checksumError", "You did not pass the checksum security check");
        var unknown = request.Query.Keys.FirstOrDefault(k =>
            k != "checksum" && !known.Contains(k) && !k.StartsWith("meta_", StringComparison.Ordinal)
        );
        if (unknown is not null)
            return Failed("validationError", $"unknown parameter {unknown}");
        var missing = known.Intersect(Required).FirstOrDefault(k => string.IsNullOrEmpty(request.Query[k]));
        if (missing is not null)
            return Failed("validationError", $"missing {missing}");
        var meeting = request.Query["meetingID"].ToString();
        if (meeting.Length is < 2 or > 256 || meeting.Contains(',', StringComparison.Ordinal))
            return Failed("validationError", "meetingID");
        return call switch
        {
            "create" => Create(meeting, request.Query["name"].ToString(), signed),
            "join" => Join(meeting, request),
            "getMeetingInfo" => !meetings.TryGetValue(meeting, out var m)
                ? Failed("notFound", "A meeting with that ID does not exist")
                : Success($"<meetingID>{meeting}</meetingID><attendees>{string.Concat(m.In.Select(Attendee))}</attendees>"),
            _ => meetings.TryRemove(meeting, out _)
                ? Success("<messageKey>sentEndMeetingRequest</messageKey>")
                : Failed("notFound", "A meeting with that ID does not exist"),
        };
    }

    private IResult Create(string meeting, string name, string parameters)
    {
        if (name.Length is < 2 or > 64)
            return Failed("validationError", "name");
        if (meetings.TryGetValue(meeting, out var standing))
            return standing.Parameters == parameters
                ? Success("<messageKey>duplicateWarning</messageKey>")
                : Failed("idNotUnique", "A meeting already exists with that meeting ID.");
        meetings[meeting] = (parameters, []);
        Created++;
        return Success($"<meetingID>{meeting}</meetingID>");
    }

    private IResult Join(string meeting, HttpRequest request)
    {
        if (request.Query["role"] != "MODERATOR" && request.Query["role"] != "VIEWER")
            return Failed("validationError", "role");
        if (!meetings.TryGetValue(meeting, out var m))
            return Failed("notFound", "A meeting with that ID does not exist");
        var (id, name, role) = (request.Query["userID"].ToString(), request.Query["fullName"].ToString(), request.Query["role"].ToString());
        m.In.Add((id, name, role));
        // A browser is led on to a page that greets who has come.
        return request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            ? Results.Redirect($"/html5client?name={Uri.EscapeDataString(name)}&role={role}")
            : Results.Text("in");
    }

    private static string Attendee((string Id, string Name, string Role) p) =>
        $"<attendee><userID>{p.Id}</userID><fullName>{p.Name}</fullName><role>{p.Role}</role></attendee>";

    private static IResult Success(string inside) =>
        Results.Text($"<response><returncode>SUCCESS</returncode>{inside}</response>", "text/xml");

    private static IResult Failed(string key, string message) =>
        Results.Text(
            $"<response><returncode>FAILED</returncode><messageKey>{key}</messageKey><message>{message}</message></response>",
            "text/xml"
        );
}
