namespace Stages.ServiceDefaults;

/// <summary>An account's id is to be taken out of everything; kept until that is done, so that nothing interrupts it for good.</summary>
/// <param name="Id">The account; or what else was forgotten.</param>
/// <param name="LeftoversOnly">It is no account, and its number may stay where it stands for nobody: see <see cref="Leftovers"/>.</param>
public sealed record ForgetOwed(Guid Id, DateTimeOffset Since, bool LeftoversOnly = false);

/// <summary>
/// Takes an account's id out of everything that a service keeps as JSON: events, snapshots, documents. The id is long and drawn from a
/// hash, so its text stands for the account and for nothing else; whichever member holds it, today or in a later version, is found.
/// What a person wrote is masked by the service's own rules; this is for the id alone, and for what lies beside (<see cref="Leftovers"/>).
/// </summary>
public sealed class ForgetId(
    IDocumentStore store,
    NpgsqlDataSource database,
    Journal journal,
    Leftovers leftovers,
    IEnumerable<IForgetBesideId> names,
    TimeProvider clock,
    ILogger<ForgetId> logger
)
{
    /// <summary>Who asks waits no longer; the job goes on with what is left.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(6);

    /// <summary>Whole tables are read. It is rare, and nobody waits for what it holds: rows that change, and no more.</summary>
    internal const string Patience = "set local statement_timeout = '10min'";

    /// <returns>Whether it is done already. If not, it will be.</returns>
    public async Task<bool> Everywhere(Guid person, CancellationToken cancel)
    {
        var owed = new ForgetOwed(person, clock.GetUtcNow());
        await journal.Decide(
            async reading =>
            {
                await reading.Lock(Forgotten.Lock);
                return Decision.Nothing.AndStore(owed).AndStore(Forgotten.Of(person, owed.Since));
            },
            cancel: cancel
        );
        return await Try(c => Settle(owed, c), cancel);
    }

    /// <summary>What was owed for this by a decision; if not now, then by the job.</summary>
    public Task<bool> Soon(Guid id, CancellationToken cancel) =>
        Try(
            async c =>
            {
                await using var session = store.QuerySession();
                if (await session.LoadAsync<ForgetOwed>(id, c) is { } owed)
                    await Settle(owed, c);
            },
            cancel
        );

    private async Task<bool> Try(Func<CancellationToken, Task> settle, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(AtOnce, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await settle(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // It is noted, so that it will be done: a broker that is away keeps nobody from being erased.
            logger.LogWarning("An erasure is not done to the end, and is gone on with in minutes: {Error}", e.Message);
            return false;
        }
    }

    /// <summary>To be written with the decision by which something is forgotten, such as an enrolment.</summary>
    public static Decision Owed(Guid subject, DateTimeOffset now) =>
        Decision.Nothing.AndStore(new ForgetOwed(subject, now, LeftoversOnly: true));

    /// <summary>What took too long, or was interrupted by a crash, or was owed by a decision.</summary>
    public async Task SettleAll(CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        foreach (var owed in await session.Query<ForgetOwed>().ToListAsync(cancel))
            await Settle(owed, cancel);
        var old = clock.GetUtcNow() - Forgotten.Kept;
        await journal.Decide(Decision.Nothing.AndDeleteWhere<Forgotten>(f => f.At < old), cancel);
    }

    private async Task Settle(ForgetOwed owed, CancellationToken cancel)
    {
        if (!owed.LeftoversOnly)
        {
            foreach (var beside in names)
                await beside.Forget(owed.Id, cancel);
            await Replace(owed.Id, cancel);
        }
        await (owed.LeftoversOnly ? leftovers.ForgetSubject(owed.Id, cancel) : leftovers.ForgetAccount(owed.Id, cancel));
        // The account may have come back meanwhile, and been erased again. The database rounds to a millionth of a second.
        var asked = owed.Since.AddMilliseconds(1);
        await journal.Decide(Decision.Nothing.AndDeleteWhere<ForgetOwed>(o => o.Id == owed.Id && o.Since < asked), cancel);
    }

    private async Task Replace(Guid person, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        foreach (var table in await Tables(connection, cancel))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await using (var patience = new NpgsqlCommand(Patience, connection, transaction))
                await patience.ExecuteNonQueryAsync(cancel);
            await using var replace = new NpgsqlCommand(
                $"update {table} set data = replace(data::text, $1, $2)::jsonb where data::text like '%' || $1 || '%'",
                connection,
                transaction
            )
            {
                Parameters =
                {
                    new() { Value = person.ToString() },
                    new() { Value = Guid.Empty.ToString() },
                },
            };
            await replace.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    private async Task<IReadOnlyList<string>> Tables(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            select format('%I.%I', table_schema, table_name) from information_schema.columns
            where table_schema = $1 and column_name = 'data' and data_type = 'jsonb'
              and (table_name = 'mt_events' or table_name like 'mt\_doc\_%') and table_name <> 'mt_doc_forgetowed'
            """,
            connection
        )
        {
            Parameters = { new() { Value = store.Options.DatabaseSchemaName } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var tables = new List<string>();
        while (await rows.ReadAsync(cancel))
            tables.Add(rows.GetString(0));
        return tables;
    }
}
