using Microsoft.AspNetCore.Routing;

namespace Stages.ServiceDefaults;

/// <summary>The log of this service: its table, who writes it, who ends it, who reads it.</summary>
internal static class AuditSetup
{
    public static void AddAudit(this IHostApplicationBuilder builder, string schema)
    {
        var services = builder.Services;
        services.AddSingleton(new AuditTable(schema)).AddSingleton(new AuditRows(schema));
        services.AddSingleton<AuditLog>().AddHostedService(s => s.GetRequiredService<AuditLog>());
        services.AddHostedService<AuditHead>();
        services.AddSingleton<AuditTrail>();
        builder.Keeps(ForgetAudit.Rule(schema));
        if (builder.Configuration.GetValue("Retention:audit-log", AuditTable.LeastDays) < AuditTable.LeastDays)
            throw new InvalidOperationException($"Retention:audit-log is at least {AuditTable.LeastDays} days.");
    }
}
