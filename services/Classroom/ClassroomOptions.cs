namespace Stages.Classrooms;

/// <summary>Settings under <c>Classroom</c>.</summary>
public sealed class ClassroomOptions
{
    public MediaNodeOptions[] MediaNodes { get; set; } = [];

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
}

/// <summary>Relays for networks that let no UDP through; credentials are made for one person and the length of a class.</summary>
public sealed class TurnOptions
{
    /// <summary>Such as <c>turn:turn.example.org:3478?transport=udp</c>.</summary>
    public string[] Urls { get; set; } = [];

    /// <summary>Shared with coturn (<c>static-auth-secret</c>).</summary>
    public string Secret { get; set; } = "";
}
