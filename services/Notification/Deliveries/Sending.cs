namespace Stages.Notifications.Deliveries;

/// <summary>A row that this process holds until its lease ends.</summary>
public sealed record Claimed(
    Guid Id,
    string Kind,
    string Channel,
    string RecipientName,
    string Address,
    string Language,
    string Notice,
    int Attempt,
    DateTimeOffset? UselessAfter,
    Guid? EnrolmentId,
    DateTimeOffset CreatedAt,
    long LeaseEnds
)
{
    /// <summary>Rows of one bundle are one message. Null: a message of its own.</summary>
    public string? Bundle { get; init; }

    /// <summary>The others of the bundle.</summary>
    public IReadOnlyList<Claimed> Beside { get; init; } = [];

    /// <summary>All rows of the message.</summary>
    public IEnumerable<Claimed> Together => Beside.Prepend(this);

    /// <summary>What the message says, that of the rows beside it included.</summary>
    public Notice Said => Own.With([.. Beside.Select(b => b.Own)]);

    private Notice Own => Letters.Notice.FromJson(NoticeSeal.Open(Notice, Address));

    /// <summary>The first written of each bundle, with the others beside it.</summary>
    public static IReadOnlyList<Claimed> Gather(IEnumerable<Claimed> rows) =>
        [
            .. from row in rows
            group row by row.Bundle ?? row.Id.ToString() into bundle
            let all = bundle.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id).ToArray()
            select all[0] with
            {
                Beside = all[1..],
            },
        ];
}

/// <summary>What came of one attempt.</summary>
/// <param name="RetryAfter">Null when there is nothing left to try.</param>
/// <param name="Untried">The attempt does not count: nothing had been handed over.</param>
/// <param name="Bounced">Refused for good by the person's mail server.</param>
/// <param name="ServerAway">The server could not be spoken to at all: no fault of this delivery.</param>
public sealed record Result(
    Guid Id,
    string Status,
    int Attempt,
    string? Error = null,
    TimeSpan? RetryAfter = null,
    bool Untried = false,
    bool ServerAway = false,
    bool Bounced = false
)
{
    public static Result Sent(Claimed row) => new(row.Id, Statuses.Sent, row.Attempt);

    public static Result Abandoned(Claimed row, string why) => new(row.Id, Statuses.Abandoned, row.Attempt, Cut(why));

    public static Result CameBack(Claimed row, string why) => Abandoned(row, why) with { Bounced = true };

    public static Result Later(Claimed row, string why, TimeSpan after) => new(row.Id, Statuses.Pending, row.Attempt, Cut(why), after);

    public static Result GivenUp(Claimed row, string why) => new(row.Id, Statuses.Failed, row.Attempt, Cut(why));

    public static Result Released(Claimed row) => new(row.Id, Statuses.Pending, row.Attempt, null, TimeSpan.Zero, Untried: true);

    /// <summary>The same of each row that went out with it.</summary>
    public IEnumerable<Result> OfAll(Claimed row) => row.Together.Select(r => this with { Id = r.Id, Attempt = r.Attempt });

    private static string Cut(string why) => why.Length <= 300 ? why : why[..300];
}

/// <summary>When to try again.</summary>
public static class Patience
{
    /// <summary>Nothing is tried for longer than this after it was due.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    /// <summary>
    /// The server is away: it will be back, and then all that waits should go out soon. <see cref="Outage"/> keeps the pace.
    /// </summary>
    private static readonly TimeSpan ForServer = TimeSpan.FromSeconds(1);

    public static Result Away(Claimed row, string why, DateTimeOffset now) => After(row, why, ForServer, now) with { ServerAway = true };

    /// <summary>The server said "not now" to this one (greylisting, a full mailbox): 30 s, 1, 2, 4 … 60 min.</summary>
    public static TimeSpan ForRecipient(int attempt) => Doubling(TimeSpan.FromSeconds(30), attempt, TimeSpan.FromHours(1));

    private static TimeSpan Doubling(TimeSpan first, int attempt, TimeSpan longest)
    {
        var after = first * Math.Pow(2, Math.Min(attempt - 1, 20));
        return after < longest ? after : longest;
    }

    public static Result After(Claimed row, string why, TimeSpan wait, DateTimeOffset now) =>
        now + wait - row.CreatedAt > Longest ? Result.GivenUp(row, why) : Result.Later(row, why, wait);
}
