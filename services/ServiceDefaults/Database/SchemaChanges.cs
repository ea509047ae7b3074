using Hangfire.PostgreSql;
using JasperFx;

namespace Stages.ServiceDefaults;

/// <summary>Where Hangfire keeps a service's jobs.</summary>
public sealed record JobSchema(string Name);

/// <summary>What a service's schema has besides documents and events, such as a trigger; harmless when it is run again.</summary>
public sealed record SchemaAddition(string Sql);

/// <summary>
/// An extension of PostgreSQL that a schema stands on. It belongs to the database, so that all services have one; it has to be among those
/// that the owner of a database may create (trusted), or be there.
/// </summary>
public sealed record DatabaseExtension(string Name);

/// <summary>
/// Brings the service's schemas to the shape that this version of it needs, as their owner, and gives the service's own role its rights
/// on them; before anything else of the service starts. Copies that start together wait for one another.
/// </summary>
public sealed class SchemaChanges(
    DatabaseAccess access,
    Func<NpgsqlDataSource, StoreOptions> store,
    AuditTable audit,
    IEnumerable<DatabaseExtension> extensions,
    IEnumerable<SchemaAddition> additions,
    IEnumerable<JobSchema> jobs
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => access.ChangedElsewhere ? Task.CompletedTask : Apply(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task Apply(CancellationToken cancel)
    {
        var owner = new NpgsqlConnectionStringBuilder(access.Owner) { ApplicationName = $"stages-{audit.Schema}-schema", MaxPoolSize = 4 };
        await using var database = NpgsqlDataSource.Create(owner.ConnectionString);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await Run(connection, $"select pg_advisory_lock(hashtextextended('schema {audit.Schema}', 0))", cancel);
        foreach (var extension in extensions)
            await Run(connection, Create(extension), cancel);
        await using (var documents = new DocumentStore(store(database)))
            await documents.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await Run(connection, audit.Create, cancel);
        foreach (var addition in additions)
            await Run(connection, addition.Sql, cancel);
        foreach (var schema in jobs)
            PostgreSqlObjectsInstaller.Install(connection, schema.Name);
        if (access.IsSeparate)
            await Run(connection, Rights.Of(access.Role, audit.Schema, [.. jobs.Select(j => j.Name)]), cancel);
        // Ends with the connection, which is not given back to anybody.
        await Run(connection, "select pg_advisory_unlock_all()", cancel);
    }

    /// <summary>Two services that start together would both find it missing: held until it is committed.</summary>
    private static string Create(DatabaseExtension extension) =>
        $"""
            select pg_advisory_xact_lock(hashtextextended('extensions', 0));
            create extension if not exists {extension.Name} schema public;
            """;

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>What a service's role may do: read and write its rows, and of the audit log only read and append.</summary>
public static class Rights
{
    public static string Of(string role, string schema, IReadOnlyList<string> jobs) =>
        string.Concat(jobs.Append(schema).Select(s => On(s, Quoted(role))))
        + $"revoke update, delete, truncate on {schema}.audit_log, {schema}.audit_starts from {Quoted(role)};";

    private static string On(string schema, string role) =>
        $"""
            grant usage on schema {schema} to {role};
            grant select, insert, update, delete on all tables in schema {schema} to {role};
            grant usage, select on all sequences in schema {schema} to {role};
            grant execute on all functions in schema {schema} to {role};

            """;

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
