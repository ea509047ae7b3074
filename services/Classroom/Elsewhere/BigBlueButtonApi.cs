using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Stages.Classrooms.Elsewhere;

/// <summary>Settings under <c>Classroom:BigBlueButton</c>.</summary>
public sealed class BigBlueButtonOptions
{
    /// <summary>Such as <c>https://visio.example.org/bigbluebutton/api</c>; empty when there is none.</summary>
    public string Url { get; set; } = "";

    public string Secret { get; set; } = "";

    /// <summary>
    /// <c>sha256</c>, as today's servers want it, or another that they support: <c>sha1</c>, <c>sha384</c>, <c>sha512</c>.
    /// </summary>
    public string Checksum { get; set; } = "sha256";
}

/// <summary>
/// The server is away, or answered nothing readable, or FAILED; <paramref name="key"/> is its stable <c>messageKey</c> then.
/// </summary>
public sealed class BigBlueButtonFault(string key, string message, bool isAway = false, Exception? cause = null)
    : ForeignServerFault("BigBlueButton", isAway, $"{key}: {message}", cause)
{
    public string Key { get; } = key;

    public const string NotFound = "notFound";

    public const string WrongChecksum = "checksumError";

    /// <summary>It stands, and was made with other parameters: a group has grown since.</summary>
    public const string Stands = "idNotUnique";
}

/// <param name="ExternalId">The <c>userID</c> that we gave when joining.</param>
public sealed record Attendee(string ExternalId, string Name, bool Moderator);

/// <summary>
/// The API of BigBlueButton as documented at docs.bigbluebutton.org/development/api: GET calls whose checksum is the hash of call
/// name, query string and shared secret; XML answers.
/// </summary>
public sealed class BigBlueButtonApi(HttpClient http, IOptions<BigBlueButtonOptions> options)
{
    /// <summary>In bytes; a class of thirty is some KB.</summary>
    public const int LargestAnswer = 1024 * 1024;

    private static readonly XmlReaderSettings Plain = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = LargestAnswer,
    };

    public bool IsConfigured => options.Value.Url.Length > 0;

    /// <summary>Makes the meeting just in time, unless it stands.</summary>
    public async Task Create(IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancel)
    {
        try
        {
            await Call("create", parameters, cancel);
        }
        catch (BigBlueButtonFault fault) when (fault.Key == BigBlueButtonFault.Stands)
        {
            // What we wanted.
        }
    }

    /// <summary>
    /// A link for one person, to be followed at once. Text, as it was signed: a <see cref="Uri"/> that is written out is not the same
    /// letter by letter.
    /// </summary>
    public string JoinUrl(IEnumerable<KeyValuePair<string, string>> parameters) => Address("join", parameters);

    /// <summary>
    /// Asks for a meeting that there is not, by a name with all that makes a signature go wrong: who answers that there is none has
    /// understood us and knows the secret.
    /// </summary>
    public async Task Try(Guid id, CancellationToken cancel) => await Attendees($"essai {id} – Zoé & Łukasz (+) «élève»", cancel);

    /// <summary>Who is in; null when the meeting does not run.</summary>
    public async Task<IReadOnlyList<Attendee>?> Attendees(string meetingId, CancellationToken cancel)
    {
        try
        {
            var info = await Call("getMeetingInfo", [new("meetingID", meetingId)], cancel);
            return
            [
                .. info.Element("attendees")
                    ?.Elements("attendee")
                    .Select(a => new Attendee(
                        a.Element("userID")?.Value ?? "",
                        a.Element("fullName")?.Value ?? "",
                        a.Element("role")?.Value == "MODERATOR"
                    ))
                    ?? [],
            ];
        }
        catch (BigBlueButtonFault fault) when (fault.Key == BigBlueButtonFault.NotFound)
        {
            return null;
        }
    }

    /// <summary>Asks for the end, which comes a moment later; a meeting that is gone is ended.</summary>
    public async Task End(string meetingId, CancellationToken cancel)
    {
        try
        {
            await Call("end", [new("meetingID", meetingId)], cancel);
        }
        catch (BigBlueButtonFault fault) when (fault.Key == BigBlueButtonFault.NotFound)
        {
            // What we wanted.
        }
    }

    public static string Checksum(string algorithm, string call, string query, string secret)
    {
        var text = Encoding.UTF8.GetBytes(call + query + secret);
        return Convert.ToHexStringLower(
            algorithm switch
            {
#pragma warning disable CA5350 // Servers that still run with SHA-1 alone are the ministry's own.
                "sha1" => SHA1.HashData(text),
#pragma warning restore CA5350
                "sha256" => SHA256.HashData(text),
                "sha384" => SHA384.HashData(text),
                "sha512" => SHA512.HashData(text),
                _ => throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"Classroom:BigBlueButton:Checksum cannot be {algorithm}.")
                ),
            }
        );
    }

    /// <summary>The query as it is sent and signed: form encoding, in the order given.</summary>
    public static string Query(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(p => $"{Encode(p.Key)}={Encode(p.Value)}"));

    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private string Address(string call, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var query = Query(parameters);
        var o = options.Value;
        return $"{o.Url.TrimEnd('/')}/{call}?{query}{(query.Length > 0 ? "&" : "")}checksum={Checksum(o.Checksum, call, query, o.Secret)}";
    }

    /// <summary>An answer of a few KB, whatever the server calls one: no document type, no entities.</summary>
    /// <exception cref="XmlException">It is none.</exception>
    public static async Task<XElement> Read(Stream answer, CancellationToken cancel)
    {
        using var xml = XmlReader.Create(answer, Plain);
        return await XElement.LoadAsync(xml, LoadOptions.None, cancel);
    }

    private async Task<XElement> Call(string call, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancel)
    {
        var answer = await Answer(Address(call, parameters), cancel);
        return answer.Element("returncode")?.Value == "SUCCESS"
            ? answer
            : throw new BigBlueButtonFault(answer.Element("messageKey")?.Value ?? "unknown", answer.Element("message")?.Value ?? "");
    }

    private async Task<XElement> Answer(string address, CancellationToken cancel)
    {
        try
        {
            // Whole, so that the client's time and size bound the body as well.
            return await Read(new MemoryStream(await http.GetByteArrayAsync(new Uri(address), cancel)), cancel);
        }
        catch (HttpRequestException e)
        {
            var status = (int?)e.StatusCode;
            throw new BigBlueButtonFault("http", status?.ToString(CultureInfo.InvariantCulture) ?? "no answer", IsAway(e), e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new BigBlueButtonFault("http", "no answer in time", isAway: true, e);
        }
        catch (XmlException e)
        {
            throw new BigBlueButtonFault("http", "no answer that can be read", isAway: false, e);
        }
    }

    private static bool IsAway(HttpRequestException e) =>
        e.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded && e.StatusCode is null or >= HttpStatusCode.BadGateway;
}
