using Npgsql;

namespace Stages.Messages;

/// <summary>
/// One run at a time: looking takes the messages of an error queue for a moment, and whoever else looked at that moment would miss
/// them.
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
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('infra/messages'))", connection)
        {
            CommandTimeout = 0,
        };
        await command.ExecuteNonQueryAsync();
        return new Turn(connection);
    }

    public ValueTask DisposeAsync() => held.DisposeAsync();
}
