using Microsoft.AspNetCore.Routing;

namespace Stages.ServiceDefaults;

/// <summary>The log of this service: its table, who writes it, who ends it, who reads it.</summary>
internal static class AuditSetup
{
    public static void AddAudit(this IHostApplicationBuilder builder, string schema)
    {
        var services = builder.Services;
        services.AddSingleton(new AuditTable(schema)).AddSingleton(new AuditRows(schema));
        services.AddHostedService<AuditSchema>();
        services.AddSingleton<AuditLog>().AddHostedService(s => s.GetRequiredService<AuditLog>());
        services.AddHostedService<AuditHead>();
        services.AddSingleton<AuditTrail>();
        builder.Keeps(ForgetAudit.Rule(schema));
        if (builder.Configuration.GetValue("Retention:audit-log", AuditTable.LeastDays) < AuditTable.LeastDays)
            throw new InvalidOperationException($"Retention:audit-log is at least {AuditTable.LeastDays} days.");
    }
}

/// <summary>Makes the tables before anybody writes to them.</summary>
internal sealed class AuditSchema(NpgsqlDataSource database, AuditTable table) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AuditTable.Lock(connection, transaction, table.Schema, cancellationToken);
        await using var create = new NpgsqlCommand(table.Create, connection, transaction);
        await create.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
