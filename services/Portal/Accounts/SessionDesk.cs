using Stages.Portal.Accounts.Letters;

namespace Stages.Portal.Accounts;

/// <summary>
/// Begins, finds and ends sessions. Each copy of the Portal remembers what it read for two seconds: that long a session that was
/// ended elsewhere may still be let in here, and no longer.
/// </summary>
public sealed class SessionDesk(IDocumentStore store, Journal journal, Remembered known, AccountNotes notes, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <param name="instead">The session that this browser had before: a browser has one.</param>
    /// <param name="isNew">Nobody has signed in with this address in this browser before.</param>
    public async Task<(SessionTicket Ticket, BrowserSession Session)> Begin(
        Caller caller,
        string? phone,
        Device device,
        bool remember,
        BrowserSession? instead = null,
        bool isNew = false
    )
    {
        var now = clock.GetUtcNow();
        var ticket = SessionTicket.New(now);
        var session = BrowserSession.Begin(ticket, caller, phone, device, remember, now);
        var elsewhere = isNew && (await OfPerson(caller.Id, default)).Any(s => s.Id != instead?.Id && !s.IsOver(now));
        var decision = Begun(session, isNew, elsewhere, now).And(ReaderLanguage.Keep(caller.Id, AccountHolder.OfRequest, now));
        await Write(instead is null ? decision : decision.AndDelete<BrowserSession>(instead.Id), instead?.Id);
        if (instead is not null)
            await Noted(instead);
        await notes.Done(AuditKinds.SignIn, caller, session.Id);
        return (ticket, session);
    }

    /// <summary>
    /// A browser that is new is told of by letter: to staff always; to others where they are signed in on another device, since who
    /// is nowhere signed in has just asked for the code, and its mail is letter enough.
    /// </summary>
    public static Decision Begun(BrowserSession session, bool isNew, bool elsewhere, DateTimeOffset now)
    {
        var begun = Decision.Nothing.AndStore(session);
        return isNew && (session.IsStaff || elsewhere)
            ? begun.And(AccountHolder.Of(session).Hears(new News(AccountNews.NewBrowser, session.Device.Words), now))
            : begun;
    }

    /// <param name="present">The person is there: this is not a page that asks by itself.</param>
    /// <returns>Null when there is no such session, or it is over.</returns>
    public async Task<BrowserSession?> Find(SessionTicket ticket, bool present)
    {
        if (await Read(ticket.Id) is not { } session)
            return null;
        if (!Holds(session))
        {
            // What is remembered may be older than the cookie: it lets in, it does not keep out.
            await known.Forget(KeyOf(ticket.Id));
            if (await Read(ticket.Id) is not { } anew)
                return null;
            if (anew.IsOver(clock.GetUtcNow()))
                await End(anew);
            if (!Holds(anew))
                return null;
            session = anew;
        }
        var now = clock.GetUtcNow();
        if (present && session.IsToBeNoted(now))
            await Write(Decision.Nothing.AndSet<BrowserSession, DateTimeOffset>(session.Id, s => s.LastSeen, now), session.Id);
        return session;

        bool Holds(BrowserSession found) => ticket.Opens(found) && !found.IsOver(clock.GetUtcNow());
    }

    /// <summary>Whether it is there and not over, for what was let in with it before.</summary>
    public async Task<bool> Stands(Guid id) => await Read(id) is { } session && !session.IsOver(clock.GetUtcNow());

    /// <summary>The second factor was shown. With it comes another secret: a cookie that somebody caught before is worth nothing.</summary>
    public async Task<(SessionTicket Ticket, BrowserSession Session)> Prove(BrowserSession session)
    {
        var ticket = SessionTicket.New(session.Id);
        var proven = session with { SecretHash = ticket.Hash, SecondFactorAt = clock.GetUtcNow() };
        await Write(
            Decision
                .Nothing.AndSet<BrowserSession, string>(session.Id, s => s.SecretHash, proven.SecretHash)
                .AndSet<BrowserSession, DateTimeOffset?>(session.Id, s => s.SecondFactorAt, proven.SecondFactorAt),
            session.Id
        );
        await notes.Done(AuditKinds.SecondFactor, session.Caller, session.Id);
        return (ticket, proven);
    }

    /// <summary>The sessions that this caller may see and end, the last used first.</summary>
    public async Task<IReadOnlyList<BrowserSession>> Of(Caller caller, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return
        [
            .. (await OfPerson(caller.Id, cancel)).Where(s => s.IsReachedBy(caller) && !s.IsOver(now)).OrderByDescending(s => s.LastSeen),
        ];
    }

    /// <returns>False when the caller has no such session.</returns>
    public async Task<bool> End(Caller caller, Guid id, CancellationToken cancel)
    {
        if ((await Of(caller, cancel)).FirstOrDefault(s => s.Id == id) is not { } session)
            return false;
        await End(session);
        return true;
    }

    public async Task End(BrowserSession session)
    {
        await Write(Decision.Nothing.AndDelete<BrowserSession>(session.Id), session.Id);
        await Noted(session);
    }

    private Task Noted(BrowserSession ended) => notes.Done(AuditKinds.SessionEnded, ended.Role, ended.Id, AuditKey.Person(ended.Person));

    /// <summary>All that the caller may end, save the one in which they ask.</summary>
    public async Task EndOthers(Caller caller, Guid? but, CancellationToken cancel)
    {
        foreach (var session in await Of(caller, cancel))
            if (session.Id != but)
                await End(session);
    }

    /// <summary>Everywhere and in every role: the person is erased.</summary>
    public Task EndAll(Guid person, CancellationToken cancel) => EndThose(person, _ => true, cancel);

    /// <summary>An administrator puts a person out everywhere; they hear of it, and may come in again.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> PutOut(AccountHolder owner, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var there = (await OfPerson(owner.Person, cancel)).Where(s => !s.IsOver(now)).ToList();
        if (there.Count == 0)
            return 0;
        await notes.Done(AuditKinds.SessionEnded, "all of a person", AuditKey.Person(owner.Person));
        await journal.Decide(owner.Hears(new News(AccountNews.SessionsEnded), now), cancel);
        foreach (var session in there)
            await End(session);
        return there.Count;
    }

    /// <summary>An administrator puts everybody out, save the session in which they ask.</summary>
    public async Task PutEverybodyOut(Guid? but, CancellationToken cancel)
    {
        await notes.Done(AuditKinds.SessionEnded, "everybody");
        await journal.Decide(Everybody(but), cancel);
    }

    public static Decision Everybody(Guid? but) => Decision.Nothing.AndDeleteWhere<BrowserSession>(s => s.Id != but);

    /// <summary>Wherever the person works as staff, of those that no longer say what their role is.</summary>
    public Task EndStaff(Guid person, Func<BrowserSession, bool> which, CancellationToken cancel) =>
        EndThose(person, s => s.IsStaff && which(s), cancel);

    /// <summary>Takes those away that are over: nobody came back with their cookies.</summary>
    public Task Sweep()
    {
        var now = clock.GetUtcNow();
        var (idle, longIdle) = (now - BrowserSession.StaffIdle, now - BrowserSession.RememberedIdle);
        return journal.Decide(
            Decision.Nothing.AndDeleteWhere<BrowserSession>(s =>
                s.EndsAt <= now || s.LastSeen <= longIdle || ((s.Role == Roles.Coordinator || s.Role == Roles.Admin) && s.LastSeen <= idle)
            )
        );
    }

    private async Task EndThose(Guid person, Func<BrowserSession, bool> which, CancellationToken cancel)
    {
        foreach (var session in (await OfPerson(person, cancel)).Where(which))
            await End(session);
    }

    private async Task<IReadOnlyList<BrowserSession>> OfPerson(Guid person, CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        return await session.Query<BrowserSession>().Where(s => s.Person == person).ToListAsync(cancel);
    }

    private ValueTask<BrowserSession?> Read(Guid id) =>
        known.Get(
            KeyOf(id),
            Fresh,
            async () =>
            {
                await using var session = store.QuerySession();
                return await session.LoadAsync<BrowserSession>(id);
            }
        );

    private async Task Write(Decision decision, Guid? changed)
    {
        await journal.Decide(decision);
        if (changed is { } id)
            await known.Forget(KeyOf(id));
    }

    private static string KeyOf(Guid id) => $"session-{id}";
}

/// <summary>Every ten minutes, in each copy: whoever is first does it.</summary>
public sealed class SessionSweep(SessionDesk desk, TimeProvider clock, ILogger<SessionSweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rhythm = new PeriodicTimer(TimeSpan.FromMinutes(10), clock);
        while (await rhythm.WaitForNextTickAsync(stoppingToken))
            try
            {
                await desk.Sweep();
            }
            catch (Exception e) when (Problems.IsUnavailable(e))
            {
                logger.LogWarning(e, "Sessions that are over are swept the next time");
            }
    }
}
