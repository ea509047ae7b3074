namespace Stages.Api.Notification;

/// <summary>The code of the message with which an address is asked whether it is its reader's.</summary>
public sealed record AddressCodeTyped(string? Code);

/// <param name="State"><c>asked</c>, <c>confirmed</c> or <c>refused</c>.</param>
public sealed record AskedAddress(string State);

/// <param name="Theirs">False: the reader is none of those for whom it was given.</param>
public sealed record AddressAnswer(string? Code, bool? Theirs);

/// <summary>Somebody has signed in with it.</summary>
public sealed record ProvenAddress(string? Email = null, string? Phone = null);

/// <param name="State">
/// <c>confirmed</c>; <c>asked</c>, and silent until it answers; <c>refused</c>: not theirs; <c>gone</c>: its server says that there is no
/// such mailbox; <c>new</c>, nothing was to be told yet; <c>none</c>: nothing of ours reaches this person.
/// </param>
public sealed record GuardianAddress(string Name, string State);
