namespace Stages.Notifications.Letters;

/// <summary>
/// What a mail says, apart from how it looks: <see cref="PlainText"/> and <see cref="Html"/> write the same blocks, so that neither
/// can say what the other does not.
/// </summary>
/// <param name="Title">Heading of the page; the subject is what the mailbox lists.</param>
/// <param name="Because">Why this person gets it: the last line.</param>
public sealed record Letter(string Subject, string Title, string Because, params IReadOnlyList<Block> Blocks);

/// <summary>One thing in a letter.</summary>
public abstract record Block;

/// <summary>A paragraph.</summary>
public sealed record Says(string Text) : Block;

/// <summary>Names and values, one a line.</summary>
public sealed record Facts(params IReadOnlyList<(string Name, string Value)> Lines) : Block;

/// <summary>Dated sessions; one that is struck no longer takes place.</summary>
public sealed record Sessions(string Heading, IReadOnlyList<SessionLine> Lines) : Block;

public sealed record SessionLine(string Day, string Hours, string? Note = null, bool Struck = false);

/// <summary>The one thing to do next.</summary>
public sealed record Button(string Text, string Address) : Block;

/// <summary>A code to copy.</summary>
public sealed record CodeToCopy(string Value) : Block;

/// <summary>Something less important, with perhaps a link.</summary>
public sealed record Aside(string Text, string? LinkText = null, string? Address = null) : Block;
