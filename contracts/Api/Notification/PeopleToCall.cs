namespace Stages.Api.Notification;

/// <summary>A person whom messages of a campaign did not reach: somebody has to call them.</summary>
/// <param name="Id">Of the address, or of the person where there is none: groups what is to be told to one.</param>
/// <param name="Name">As it was given; empty where the message went without one.</param>
/// <param name="Phone">In international form; null where none is known.</param>
/// <param name="Recipient">The address but for its ends.</param>
/// <param name="Language">In which they are told: <c>fr</c> or <c>en</c>.</param>
/// <param name="Since">When the first of it happened.</param>
public sealed record PersonToReach(
    string Id,
    string Name,
    string? Phone,
    string Recipient,
    string Language,
    DateTimeOffset Since,
    IReadOnlyList<MessageToTell> Messages
);

/// <param name="Why">One of <see cref="WhyUnreached"/>.</param>
/// <param name="Text">What to tell them, in their language.</param>
/// <param name="CanRetry">Whether it can be sent again, as things stand.</param>
public sealed record MessageToTell(
    Guid Id,
    string Kind,
    string Why,
    string Text,
    Guid? EnrolmentId,
    DateTimeOffset HappenedAt,
    bool CanRetry
);

/// <summary>Why a message reached nobody.</summary>
public static class WhyUnreached
{
    /// <summary>Nothing of ours reaches this person.</summary>
    public const string NoAddress = "no-address";

    /// <summary>The address was refused for good.</summary>
    public const string Refused = "refused";

    /// <summary>Tried for as long as it made sense.</summary>
    public const string GivenUp = "given-up";

    /// <summary>Its reader has not yet said that the address is theirs.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>Its reader said that the address is not theirs.</summary>
    public const string NotTheirs = "not-theirs";

    public static readonly IReadOnlyList<string> All = [NoAddress, Refused, GivenUp, Unanswered, NotTheirs];
}
