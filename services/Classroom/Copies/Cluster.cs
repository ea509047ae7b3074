using System.Net;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Live;

namespace Stages.Classrooms.Copies;

/// <summary>
/// The copies of this service as one cluster, in which each live class is held once (<c>infra/decisions/a-live-class-is-one-grain.md</c>).
/// One way for one copy and for thirty: the database says who there is. <c>Silo:Address</c> and <c>Silo:Port</c> are where the others
/// reach this one, and nobody else may (<see cref="SiloSeal"/>).
/// </summary>
public static class Cluster
{
    public const string Id = "classroom";

    private const int UsualPort = 11111;

    public static void AddCluster(this WebApplicationBuilder builder)
    {
        var address = builder.Configuration["Silo:Address"] is { Length: > 0 } own ? IPAddress.Parse(own) : IPAddress.Loopback;
        var port = builder.Configuration.GetValue("Silo:Port", UsualPort);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (Id, Id));
            // Whoever calls a class is a copy itself: no gateway listens.
            silo.ConfigureEndpoints(address, port, gatewayPort: 0);
            SiloSeal.AddTo(silo, builder.Configuration);
            silo.Services.AddSingleton<SiloTable>().AddSingleton<IMembershipTable>(s => s.GetRequiredService<SiloTable>());
            // Orleans' own are 5, 20, 60 and 30 s: a class would wait a quarter of a minute for its copy to be taken for dead, and a
            // start after all have died a minute and a half.
            silo.Configure<ClusterMembershipOptions>(o =>
            {
                // The rhythm with a copy that has just come, until it is known how quickly it answers: three in vain, and it is dead.
                o.ProbeTimeout = TimeSpan.FromSeconds(0.75);
                o.MaxProbeTimeout = TimeSpan.FromSeconds(1.5);
                o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
                o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
                o.DefunctSiloExpiration = TimeSpan.FromHours(1);
                o.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
            });
            silo.Configure<SiloMessagingOptions>(o =>
            {
                o.ResponseTimeout = TimeSpan.FromSeconds(5);
                o.SystemResponseTimeout = TimeSpan.FromSeconds(10);
            });
            silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromMinutes(10));
            // What our own types say between copies is JSON, as between services: it may gain members while old and new copies speak.
            silo.Services.AddSerializer(s =>
                s.AddJsonSerializer(type => type.Namespace?.StartsWith("Stages.", StringComparison.Ordinal) == true)
            );
            silo.AddGrainService<Delivery>();
        });
        builder.Services.AddSingleton<DeliveryClient>();
        builder.Services.AddSingleton<AskClass>();
        builder.Services.AddSingleton<HeldHere>();
        // At each start it says of a thread that it has not run since the machine was started.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        // Each placement of a class by the cluster would be two lines.
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.Services.AddSingleton<ThisCopy>();
        builder.Services.AddHostedService<Pulse>();
        builder.Services.AddHostedService<SiloWatch>();
        // After the cluster, and so stopped before it.
        builder.Services.AddHostedService<HandOver>();
    }
}
