using System.Diagnostics;
using System.Globalization;
using Stages.Testing;

namespace Stages.Enrolments.Tests;

/// <summary>
/// A PostgreSQL and a RabbitMQ of their own that speak TLS alone with the network, with certificates of a private authority, as in a
/// cluster; and the certificate of another authority, which signed nothing of theirs.
/// </summary>
public sealed class TlsServers : IAsyncLifetime
{
    private static readonly string Script = """
        set -euo pipefail
        source infra/lib/common.sh; source infra/lib/postgres.sh; source infra/lib/rabbitmq.sh
        dir="$1" pg="$2" plain="$3" dist="$4" epmd="$5" pages="$6" sealed="$7"
        for ca in ours other; do infra/certificates "$dir/tls/$ca" --days 2 --also localhost >/dev/null; done
        own="$dir/tls/ours/rabbitmq"
        start_postgres "$dir" "$pg"
        home="$(postgres_home "$dir")"
        install -m 600 "$own/tls.key" "$home/data/server.key"; install -m 644 "$own/tls.crt" "$home/data/server.crt"
        [ "$(id -u)" != 0 ] || chown postgres "$home/data/server.key" "$home/data/server.crt"
        export PGPASSWORD; PGPASSWORD="$(secret "$dir/secrets/postgres")"
        "$(postgres_bin)/psql" -qh 127.0.0.1 -p "$pg" -U stages -d stages -c "alter system set ssl = on" -c "select pg_reload_conf()"
        eval "first_$(declare -f write_rabbitmq_configuration)"
        write_rabbitmq_configuration() {
          first_write_rabbitmq_configuration "$@"
          {
            echo "listeners.ssl.1 = 127.0.0.1:$sealed"; echo "ssl_options.cacertfile = $own/ca.crt"
            echo "ssl_options.certfile = $own/tls.crt"; echo "ssl_options.keyfile = $own/tls.key"
          } >> "$dir/rabbitmq/rabbitmq.conf"
        }
        start_rabbitmq "$dir" "$plain" "$dist" "$epmd" "$pages"
        wait_until 60 listening "$sealed"
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("stages-tls-").FullName;
    private readonly int[] ports = [.. Enumerable.Range(0, 6).Select(_ => ServiceProcess.FreePort())];

    public string Postgres =>
        $"Host=localhost;Port={ports[0]};Database=stages;Username=stages;Password={Secret("postgres")};SSL Mode=VerifyFull";

    public string RabbitMq => $"amqps://stages:{Secret("rabbitmq")}@localhost:{ports[5]}/";

    public Uri Pages => new($"http://127.0.0.1:{ports[4]}");

    public string Password => Secret("rabbitmq");

    /// <param name="name"><c>ours</c>, which signed, or <c>other</c>.</param>
    public string Authority(string name) => Path.Combine(folder, "tls", name, "ca.crt");

    public async ValueTask InitializeAsync() => await Run(Script);

    public async ValueTask DisposeAsync()
    {
        await Run(
            "source infra/lib/common.sh; source infra/lib/postgres.sh; source infra/lib/rabbitmq.sh; stop_rabbitmq $1; stop_postgres $1"
        );
        Directory.Delete(folder, recursive: true);
    }

    private string Secret(string of) => File.ReadAllText(Path.Combine(folder, "secrets", of));

    private async Task Run(string script)
    {
        var start = new ProcessStartInfo(
            "bash",
            ["-c", script, "tls", folder, .. ports.Select(p => p.ToString(CultureInfo.InvariantCulture))]
        )
        {
            WorkingDirectory = Servers.Checkout,
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
    }
}
