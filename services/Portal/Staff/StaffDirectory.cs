using Stages.Portal.Accounts.Letters;

namespace Stages.Portal.Staff;

/// <summary>
/// Reads and decides who holds a role. Who does is kept in memory for a minute: each page of a coordinator asks. That an address has none
/// is not kept: anybody may type addresses at the door.
/// </summary>
public sealed class StaffDirectory(
    IDocumentStore store,
    Journal journal,
    Remembered known,
    SessionDesk sessions,
    AccountNotes notes,
    AccountHolders holders,
    TimeProvider clock
)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    public async Task<StaffMember?> Find(string email)
    {
        var id = StreamOf(email);
        return await known.Get(KeyOf(id), Fresh, () => Read(id));
    }

    /// <summary>Whether this person has the role and the territory that they have been let in with, as far as this copy knows.</summary>
    public async Task<bool> Holds(Caller caller) =>
        caller.Email is { } email && await Find(email) is { } member && member.Role == caller.Role && member.Territory == caller.Territory;

    /// <summary>As above, as it is written down at this moment: for work that goes on while nobody asks for a page.</summary>
    public async Task<bool> HoldsNow(Caller caller) =>
        caller.Email is { } email
        && await Read(StreamOf(email)) is { } member
        && member.Role == caller.Role
        && member.Territory == caller.Territory;

    private async Task<StaffMember?> Read(Guid id)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<StaffMember>(id) is { Active: true } member ? member : null;
    }

    private static string KeyOf(Guid id) => $"staff-{id}";

    public async Task<IReadOnlyList<StaffMember>> All(CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        return await session.Query<StaffMember>().Where(m => m.Active).OrderBy(m => m.Role).ThenBy(m => m.Email).ToListAsync(cancel);
    }

    public async Task<Outcome> Appoint(StaffAppointed appointment, CancellationToken cancel)
    {
        var outcome = await Decide(appointment.Email, state => Decide(state, appointment), cancel);
        await Changed(appointment.Email, outcome, string.Join(' ', "appointed", appointment.Role, appointment.Territory).Trim(), cancel);
        return outcome;
    }

    public async Task<Outcome> Dismiss(string email, string by, CancellationToken cancel)
    {
        var others = (await All(cancel)).Any(m => m.Role == Roles.Admin && EmailAddress.KeyOf(m.Email) != EmailAddress.KeyOf(email));
        var outcome = await Decide(email, state => Decide(state, new StaffDismissed(by), others), cancel);
        await Changed(email, outcome, "dismissed", cancel);
        return outcome;
    }

    /// <summary>Whose role it is hears of it in the same transaction.</summary>
    private async Task<Outcome> Decide(string email, Func<StaffMember?, Decision> decide, CancellationToken cancel)
    {
        var owner = await holders.Of(email, cancel);
        return await journal.Decide<StaffMember>(
            StreamOf(email),
            state =>
            {
                var decision = decide(state);
                var told = owner with { Email = state?.Email ?? email };
                return decision.And(Decision.All(decision.Events.Select(e => told.Hears(News.Of(e, state), clock.GetUtcNow()))));
            },
            cancel: cancel
        );
    }

    /// <summary>Whoever is signed in with another role than the one they hold now has to come in again.</summary>
    private async Task Changed(string email, Outcome outcome, string what, CancellationToken cancel)
    {
        if (!outcome.Refused)
            await notes.Done(AuditKinds.Role, what, AuditKey.Person(PersonId.FromEmail(email)));
        await known.Forget(KeyOf(StreamOf(email)));
        var member = await Find(email);
        await sessions.EndStaff(PersonId.FromEmail(email), s => s.Role != member?.Role || s.Territory != member.Territory, cancel);
    }

    public static Decision Decide(StaffMember? state, StaffAppointed appointment) =>
        state is { Active: true }
        && state.Role == appointment.Role
        && state.Territory == appointment.Territory
        && state.Name == appointment.Name
            ? Decision.Nothing
            : Decision.Of(appointment);

    public static Decision Decide(StaffMember? state, StaffDismissed dismissal, bool anotherAdmin) =>
        state switch
        {
            null => new NotFound(),
            { Active: false } => Decision.Nothing,
            { Role: Roles.Admin } when !anotherAdmin => new LastAdmin(),
            _ => Decision.Of(dismissal),
        };

    /// <summary>Not the person's own id: the sign-ins of the same address are another stream of this schema.</summary>
    public static Guid StreamOf(string email) => AddressStream.Of("staff", email);
}

/// <summary>
/// Appoints at start those whom the configuration names (<c>Portal:Staff:0:Email</c>, <c>Role</c>, <c>Territory</c>), unless they
/// have been decided on before.
/// </summary>
public sealed class FirstStaff(IConfiguration configuration, IDocumentStore store, StaffDirectory directory, ILogger<FirstStaff> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var section in configuration.GetSection("Portal:Staff").GetChildren())
        {
            var email = section["Email"];
            var role = section["Role"] ?? Roles.Coordinator;
            if (string.IsNullOrWhiteSpace(email) || role is not (Roles.Coordinator or Roles.Admin))
                continue;
            await using var session = store.QuerySession();
            if (await session.LoadAsync<StaffMember>(StaffDirectory.StreamOf(email), cancellationToken) is not null)
                continue;
            var territory = string.IsNullOrWhiteSpace(section["Territory"]) ? null : section["Territory"];
            await directory.Appoint(
                new StaffAppointed(EmailAddress.KeyOf(email), section["Name"], role, territory, "configuration"),
                cancellationToken
            );
            logger.LogInformation("{Role} appointed from the configuration", role);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
