namespace Stages.Api.Notification;

/// <summary>The Portal asks for the mail with which a person signs in. It goes out before everything else that waits.</summary>
/// <param name="Code">Null where the link goes alone.</param>
/// <param name="OnlyThere">The code works in the browser that asked alone.</param>
/// <param name="Email">The address to prove; or <paramref name="Phone"/>, by text message.</param>
public sealed record SendSignInMail(
    string? Email,
    string Link,
    string? Code,
    string Language,
    DateTimeOffset ExpiresAt,
    string? Phone = null,
    bool OnlyThere = false
);

/// <param name="Channel"><c>none</c> when nothing of ours reaches this person: the page says so.</param>
public sealed record SignInMailAccepted(Guid Id, string Channel);
