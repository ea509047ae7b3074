namespace Stages.Classrooms;

/// <summary>Settings under <c>Classroom</c>.</summary>
public sealed class ClassroomOptions
{
    /// <summary>Media servers that are listed: a local run's.</summary>
    public MediaNodeOptions[] MediaNodes { get; set; } = [];

    /// <summary>Media servers that come and go by themselves.</summary>
    public MediaSearchOptions MediaSearch { get; set; } = new();

    public TurnOptions Turn { get; set; } = new();

    /// <summary>How long a personal link may lie about before it is followed.</summary>
    public TimeSpan TicketLife { get; set; } = Sessions.JoinClass.TicketLife;

    /// <summary>
    /// How long pupils may be in class without an adult: enough for a teacher whose network broke, or who loads the page again.
    /// </summary>
    public TimeSpan WithoutAdult { get; set; } = TimeSpan.FromMinutes(2);
}

/// <summary>One media server. Its address and secrets stay between it and us.</summary>
public sealed class MediaNodeOptions
{
    public string Name { get; set; } = "";

    /// <summary>WebSocket of its API, such as <c>ws://127.0.0.1:8188</c>.</summary>
    public string Address { get; set; } = "";

    public string ApiSecret { get; set; } = "";

    /// <summary>Without it nobody makes rooms (<c>admin_key</c> of the VideoRoom plugin).</summary>
    public string RoomKey { get; set; } = "";

    /// <summary>Participants that it carries well: 40 to 60 for each processor core, as measured with small rooms.</summary>
    public double Capacity { get; set; } = 200;

    /// <summary>Where it is, when a search has found it; the name in <see cref="Address"/> is then what its certificate says.</summary>
    public string? Ip { get; set; }
}

/// <summary>The name under which the media servers of an installation are found; all of them have the same secrets and size.</summary>
public sealed class MediaSearchOptions
{
    /// <summary>
    /// Whole, with its domain: <c>_api._tcp.media.stages-media.svc.cluster.local</c> (SRV: names and ports), or a name with an address for
    /// each server. Empty: nothing is searched.
    /// </summary>
    public string Name { get; set; } = "";

    /// <summary><c>wss</c>, or <c>ws</c> in clear.</summary>
    public string Scheme { get; set; } = "wss";

    /// <summary>Of all of them, where the name says only addresses.</summary>
    public int Port { get; set; } = 8188;

    /// <summary>Who is asked, such as <c>127.0.0.1:5353</c>; empty: whom the machine asks.</summary>
    public string Resolver { get; set; } = "";

    /// <summary>How often, whatever an answer says of its own life.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A server that the answers have not named for so long is gone. An answer that names nobody says nothing.</summary>
    public TimeSpan GoneAfter { get; set; } = TimeSpan.FromSeconds(5);

    public string ApiSecret { get; set; } = "";

    public string RoomKey { get; set; } = "";

    public double Capacity { get; set; } = 200;

    public bool IsOn => Name.Length > 0;
}

/// <summary>Relays for networks that let no UDP through; credentials are made for one person and the length of a class.</summary>
public sealed class TurnOptions
{
    /// <summary>Such as <c>turn:turn.example.org:3478?transport=udp</c>.</summary>
    public string[] Urls { get; set; } = [];

    /// <summary>Shared with coturn (<c>static-auth-secret</c>).</summary>
    public string Secret { get; set; } = "";
}
