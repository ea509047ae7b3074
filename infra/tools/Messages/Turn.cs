using Npgsql;
using Stages.ServiceDefaults;

namespace Stages.Messages;

/// <summary>
/// One run at a time, and none while a service looks for what it has to forget: looking takes the messages of an error queue for a
/// moment, and whoever else looked at that moment would miss them.
/// </summary>
public sealed class Turn : IAsyncDisposable
{
    private readonly NpgsqlConnection held;

    private Turn(NpgsqlConnection held) => this.held = held;

    /// <summary>Waits for whoever is at it. The lock ends with its transaction, behind a pooler too.</summary>
    public static async Task<Turn> Take(NpgsqlDataSource database)
    {
        var connection = await database.OpenConnectionAsync();
        await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = OwnQueue.Looking.Value });
        await command.ExecuteNonQueryAsync();
        return new Turn(connection);
    }

    public ValueTask DisposeAsync() => held.DisposeAsync();
}
