using System.Net.Http.Headers;
using System.Security.Cryptography;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Testing;

/// <summary>A database, a virtual host and a pair of signing keys of a fixture's own, and tokens signed with them.</summary>
public sealed class TestRealm : IAsyncDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string name;
    private readonly string folder;
    private readonly Servers servers;

    private TestRealm(Servers servers, string name, string folder) => (this.servers, this.name, this.folder) = (servers, name, folder);

    /// <summary>Services, as <see cref="Roles"/> and their settings name them.</summary>
    public static readonly string[] Services = ["Enrolment", "Scheduling", "Notification", "Classroom", "Portal"];

    /// <summary>As the owner of everything in it.</summary>
    public string Postgres { get; private set; } = "";

    /// <summary>A connection for each service, with its own role.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>As one who may do everything in it.</summary>
    public string RabbitMq { get; private set; } = "";

    /// <summary>An address for each service that reads, with its own account.</summary>
    public IReadOnlyDictionary<string, string> Accounts { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string Issuer { get; private init; } = "";

    /// <param name="issuer">Of its tokens, for what runs as outside a local run; else one that is accepted in tests alone.</param>
    public static async Task<TestRealm> Create(string? issuer = null)
    {
        var drawn = "test_" + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
        var realm = new TestRealm(await Servers.Shared, drawn, Directory.CreateTempSubdirectory("stages-test-").FullName)
        {
            Issuer = issuer ?? "local-" + drawn,
        };
        realm.Postgres = await realm.servers.CreateDatabase(realm.name);
        realm.Roles = await realm.servers.CreateRoles(realm.name, Services);
        realm.RabbitMq = await realm.servers.CreateVirtualHost(realm.name);
        realm.Accounts = await realm.servers.CreateBrokerAccounts(realm.name);
        await File.WriteAllTextAsync(Path.Combine(realm.folder, "public.pem"), realm.key.ExportSubjectPublicKeyInfoPem());
        await File.WriteAllTextAsync(Path.Combine(realm.folder, "private.pem"), realm.key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(
            Path.Combine(realm.folder, "sealing.key"),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))
        );
        await File.WriteAllTextAsync(Path.Combine(realm.folder, "accounts.key"), AccountKeyOfTests.Hexadecimal);
        return realm;
    }

    /// <summary>The configuration that every service reads, as key and value.</summary>
    public Dictionary<string, string> Settings =>
        new(
            Roles
                .Select(role => KeyValuePair.Create($"ConnectionStrings:{role.Key}", role.Value))
                .Concat(Accounts.Select(own => KeyValuePair.Create($"ConnectionStrings:{own.Key}Broker", own.Value))),
            StringComparer.Ordinal
        )
        {
            ["ConnectionStrings:PostgresOwner"] = Postgres,
            ["ConnectionStrings:RabbitMqOwner"] = RabbitMq,
            ["Auth:PublicKeyFile"] = Path.Combine(folder, "public.pem"),
            ["Auth:PrivateKeyFile"] = Path.Combine(folder, "private.pem"),
            ["Auth:Issuer"] = Issuer,
            ["Portal:SealingKeyFile"] = Path.Combine(folder, "sealing.key"),
            ["Auth:AccountKeyFile"] = Path.Combine(folder, "accounts.key"),
            ["Services:Portal"] = "http://localhost",
            ["Scanner:Clamd"] = "none",
        };

    /// <summary>How far the clock of the services is ahead of ours: their tokens are of that time.</summary>
    public TimeSpan Ahead { get; set; }

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + Ahead;

    /// <summary>For which its tokens are unless another is named: the gateway, or the one service that runs in it.</summary>
    public string Service { get; set; } = "portal";

    /// <param name="vouched">The provider for staff through which a teacher came in.</param>
    /// <param name="service">The one that the token is for.</param>
    /// <param name="proven">How long ago they showed who they are.</param>
    public string Token(
        string role,
        string email,
        string? territory = null,
        string? vouched = null,
        string? service = null,
        TimeSpan proven = default
    ) =>
        Tokens.Mint(
            key,
            Issuer,
            service ?? Service,
            new Caller(PersonId.FromEmail(email), role, email, email.Split('@')[0], territory, vouched),
            Now,
            TimeSpan.FromHours(1),
            Now - proven
        );

    public AuthenticationHeaderValue Bearer(string role, string email, string? territory = null, string? service = null) =>
        new("Bearer", Token(role, email, territory, service: service));

    /// <summary>Bodies of the messages that lie in the queues of this realm, which stay there.</summary>
    public Task<IReadOnlyList<(string Queue, string Body)>> Messages() => servers.Messages(name);

    /// <summary>The keys as a local run lays them down: private.pem, public.pem, accounts.key, issuer.</summary>
    public void WriteKeys(string where)
    {
        Directory.CreateDirectory(where);
        File.WriteAllText(Path.Combine(where, "private.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(where, "public.pem"), key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(Path.Combine(where, "accounts.key"), AccountKeyOfTests.Hexadecimal);
        File.WriteAllText(Path.Combine(where, "issuer"), Issuer + "\n");
    }

    public async ValueTask DisposeAsync()
    {
        await servers.DropDatabase(name);
        await servers.DropRoles(name, Services);
        await servers.DeleteVirtualHost(name);
        Directory.Delete(folder, recursive: true);
        key.Dispose();
    }
}
