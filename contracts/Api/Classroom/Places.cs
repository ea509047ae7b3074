namespace Stages.Api.Classroom;

/// <summary>Where classes meet.</summary>
public static class PlaceKinds
{
    public const string Ours = "stages";
    public const string BigBlueButton = "bigBlueButton";

    /// <summary>La Suite’s rooms, or another server of theirs: an address, and a room of its own for each session.</summary>
    public const string Visio = "visio";

    /// <summary>Any address, when all else is down.</summary>
    public const string Link = "link";

    /// <summary>Of one stage: as its campaign has it.</summary>
    public const string AsCampaign = "campaign";
}

/// <param name="Kind">One of <see cref="PlaceKinds"/>.</param>
/// <param name="Url">
/// For <c>visio</c> and <c>link</c>; in a link <c>{classe}</c> stands for what is different in each session and cannot be guessed.
/// </param>
public sealed record SetClassPlaceRequest(string Kind, string? Url = null);

/// <param name="HasBigBlueButton">Whether this installation has a server of that kind.</param>
public sealed record ClassPlaceView(string Kind, string? Url, bool HasBigBlueButton);

/// <summary>Whether a server answered as it should.</summary>
/// <param name="Text">What was found, for whoever asked.</param>
public sealed record PlaceTried(bool Works, string Text);

/// <param name="Kind">One of <see cref="PlaceKinds"/>.</param>
/// <param name="Host">Whose page the class is on; null in our own classroom.</param>
public sealed record ModulePlace(string Kind, string? Host);
