using Hangfire;
using Hangfire.PostgreSql;

namespace Stages.ServiceDefaults;

/// <summary>Hangfire on the service's own PostgreSQL schema. Jobs find what is due and send commands; no rule lives in them.</summary>
public static class JobServer
{
    /// <param name="workers">How many jobs one copy of the service runs at once.</param>
    public static IHostApplicationBuilder AddJobs(this IHostApplicationBuilder builder, string service, int workers = 4)
    {
        var connection = DatabaseAccess.Read(builder.Configuration, service).Own;
        var schema = new JobSchema($"hangfire_{service}");
        builder.Services.AddSingleton(schema);
        builder.Keeps(Leftovers.FailedJobs);
        builder.Services.AddHangfire(
            (_, hangfire) =>
                hangfire
                    .UseSimpleAssemblyNameTypeSerializer()
                    .UseRecommendedSerializerSettings()
                    .UsePostgreSqlStorage(
                        o => o.UseNpgsqlConnection(connection),
                        new PostgreSqlStorageOptions
                        {
                            SchemaName = schema.Name,
                            QueuePollInterval = TimeSpan.FromSeconds(1),
                            InvisibilityTimeout = TimeSpan.FromMinutes(5),
                            UseSlidingInvisibilityTimeout = true,
                            // See SchemaChanges.
                            PrepareSchemaIfNecessary = false,
                        }
                    )
        );
        builder.Services.AddHangfireServer(o =>
        {
            o.WorkerCount = workers;
            o.SchedulePollingInterval = TimeSpan.FromSeconds(2);
            o.ServerTimeout = TimeSpan.FromSeconds(60);
            o.HeartbeatInterval = TimeSpan.FromSeconds(10);
            o.ShutdownTimeout = TimeSpan.FromSeconds(10);
            o.CancellationCheckInterval = TimeSpan.FromSeconds(1);
        });
        return builder;
    }
}
