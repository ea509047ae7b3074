using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Infra.Tests;

/// <summary>What the Kubernetes manifests promise of every pod, read as text: two levels, one for what needs the host's network.</summary>
public sealed partial class ManifestTests
{
    private static readonly string Folder = Path.Combine(Servers.Checkout, "infra", "kubernetes");

    /// <summary>Documents of the manifests that make pods, with where they stand.</summary>
    public static TheoryData<string, string> Workloads() =>
        [
            .. from file in Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories)
            from document in File.ReadAllText(file).Split("\n---\n")
            where Workload().IsMatch(document)
            select (Path.GetRelativePath(Folder, file), document),
        ];

    [Fact]
    public void there_are_seven_of_them() =>
        Workloads()
            .Select(w => w.Data.Item1)
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "classroom.yaml",
                "enrolment.yaml",
                Path.Combine("media", "media.yaml"),
                Path.Combine("media", "relay.yaml"),
                "notification.yaml",
                "portal.yaml",
                "scheduling.yaml",
            ]);

    [Theory]
    [MemberData(nameof(Workloads))]
    public void a_pod_is_as_closed_as_its_namespace_asks(string file, string document)
    {
        var images = Image().Count(document);
        images.ShouldBeGreaterThan(0);
        // The relay alone listens where networks let only the web through.
        var capabilities = Path.GetFileName(file) == "relay.yaml" ? "drop: [ALL], add: [NET_BIND_SERVICE]" : "drop: [ALL]";
        foreach (var closed in (string[])["allowPrivilegeEscalation: false", $"capabilities: {{ {capabilities} }}"])
            Regex.Count(document, Regex.Escape(closed)).ShouldBe(images, $"{closed} of every container of {file}");
        document.ShouldContain("seccompProfile: { type: RuntimeDefault }");
        document.ShouldContain("automountServiceAccountToken: false");
        foreach (var open in (string[])["privileged: true", "hostPath:", "hostPID", "hostIPC", "hostPort"])
            document.ShouldNotContain(open);
        var ofTheHost = document.Contains("hostNetwork: true", StringComparison.Ordinal);
        ofTheHost.ShouldBe(Path.GetDirectoryName(file) == "media", file);
        if (!ofTheHost)
            document.ShouldContain("runAsNonRoot: true");
    }

    [Theory]
    [InlineData("namespace.yaml", "restricted")]
    [InlineData("media/namespace.yaml", "privileged")]
    public void a_namespace_enforces_its_level(string file, string level) =>
        Read(file).ShouldContain($"pod-security.kubernetes.io/enforce: {level}");

    [Fact]
    public void each_folder_brings_what_stands_in_it()
    {
        foreach (var folder in (string[])[Folder, Path.Combine(Folder, "media")])
        {
            var named = Listed().Matches(File.ReadAllText(Path.Combine(folder, "kustomization.yaml"))).Select(m => m.Groups["file"].Value);
            named.ShouldBe(
                Directory.EnumerateFiles(folder, "*.yaml").Select(f => Path.GetFileName(f)).Where(f => f != "kustomization.yaml"),
                ignoreOrder: true
            );
        }
    }

    [Fact]
    public void nothing_goes_in_or_out_unless_it_is_named()
    {
        var policies = Read("network-policies.yaml").Split("\n---\n");
        policies[0].ShouldContain("podSelector: {}");
        policies[0].ShouldContain("policyTypes: [Ingress, Egress]");
        // Each service goes out somewhere, and the two servers are reached by pods of ours alone.
        foreach (var app in (string[])["portal", "notification", "classroom"])
            policies.ShouldContain(p =>
                p.Contains($"app: {app}", StringComparison.Ordinal) && p.Contains("egress:", StringComparison.Ordinal)
            );
        foreach (var server in (string[])["cnpg.io/cluster: stages-postgres", "app.kubernetes.io/name: stages-rabbitmq"])
            policies.ShouldContain(p => p.Contains($"podSelector: {{ matchLabels: {{ {server} }} }}\n  policyTypes: [Ingress, Egress]"));
        foreach (var policy in policies)
            policy.ShouldContain("policyTypes: [");
    }

    [Fact]
    public void the_servers_are_reached_in_seal_alone()
    {
        Read("rabbitmq.yaml").ShouldContain("disableNonTLSListeners: true");
        Read("network-policies.yaml").ShouldNotContain("port: 5672");
        Read("configuration.yaml").ShouldContain("SSL Mode=VerifyFull;Root Certificate=/authorities/postgres.crt");
        foreach (var (file, document) in Workloads().Select(w => w.Data).Where(w => Path.GetDirectoryName(w.Item1) == ""))
        {
            var containers = Image().Count(document);
            Regex.Count(document, "mountPath: /authorities,").ShouldBe(containers, file);
            Regex.Count(document, "SSL_CERT_FILE, value: /authorities/inside.crt").ShouldBe(containers, file);
            document.Contains("ConnectionStrings__RabbitMq", StringComparison.Ordinal).ShouldBe(file != "portal.yaml", file);
        }
    }

    /// <summary>And of the owner's account knows the container alone that says who reads what.</summary>
    [Fact]
    public void each_service_has_its_own_account_of_the_broker()
    {
        var accounts = Read("rabbitmq-accounts.yaml").Split("\n---\n");
        accounts.Length.ShouldBe(2 * BrokerRights.All.Count);
        foreach (var account in BrokerRights.All)
        {
            accounts.ShouldContain(a => a.Contains($"importCredentialsSecret: {{ name: stages-broker-{account.Name} }}"));
            accounts.ShouldContain(a =>
                a.Contains($"userReference: {{ name: {account.Name} }}")
                && a.Contains($"configure: {account.Writes}\n    write: {account.Writes}\n    read: {account.Reads}")
            );
            var (first, own) = Halves(Read($"{account.Name}.yaml"));
            foreach (var container in (string[])[first, own])
                container.ShouldContain(
                    $"ConnectionStrings__RabbitMq, valueFrom: {{ secretKeyRef: {{ name: stages-connections, key: broker-{account.Name} }}"
                );
            first.ShouldContain("ConnectionStrings__RabbitMqOwner");
            own.ShouldNotContain("Owner");
        }
        Read("configuration.yaml").ShouldContain("Broker__MadeElsewhere: \"true\"");

        static (string, string) Halves(string document)
        {
            var at = document.IndexOf("\n      containers:", StringComparison.Ordinal);
            return (document[..at], document[at..]);
        }
    }

    [Fact]
    public void nothing_is_said_or_listened_to_in_clear()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories))
            InClear().Matches(File.ReadAllText(file)).Select(m => m.Value).ShouldBeEmpty(file);
        foreach (var (file, document) in Workloads().Select(w => w.Data).Where(w => Path.GetDirectoryName(w.Item1) == ""))
        {
            var service = Path.GetFileNameWithoutExtension(file);
            document.ShouldContain($"{{ name: certificate, secret: {{ secretName: stages-{service}-tls }} }}");
            document.ShouldContain($"secret: {{ name: stages-{service}-tls, items: [{{ key: ca.crt, path: inside.crt }}] }}");
            Regex.Count(document, "scheme: HTTPS").ShouldBe(Regex.Count(document, "path: /health"), file);
        }
        Regex
            .Count(Read("ingress.yaml"), "proxy-ssl-verify: \"on\"")
            .ShouldBe(Regex.Count(Read("ingress.yaml"), "kind: Ingress\n"), "ways to the portal");
    }

    /// <summary>The certificate of each has the name under which the manifests have it called, and no other's.</summary>
    [Fact]
    public async Task certificates_have_the_names_that_the_manifests_use()
    {
        using var seal = await Seal.Create();
        foreach (Match said in Called().Matches(Read("configuration.yaml")))
        {
            var host = new Uri(said.Groups["address"].Value).Host;
            // Copies have addresses, and are called by the service's name.
            var of = host.Split('.', '-')[0];
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(seal.FolderOf(of), "tls.crt"));
            certificate.MatchesHostname(host == "classroom-copies" ? "classroom" : host).ShouldBeTrue(host);
            certificate.MatchesHostname("stages.example.org").ShouldBeFalse();
        }
        // Media servers are called by what the search for them answers: each by its own name below that of their service.
        var search = Searched().Match(Read("configuration.yaml")).Groups["name"].Value;
        search.ShouldStartWith("_api._tcp.media.");
        Read(Path.Combine("media", "media.yaml")).ShouldContain("ports: [{ name: api, port: 8188, targetPort: api }]");
        using var media = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(seal.FolderOf("media"), "tls.crt"));
        media.MatchesHostname("media-7" + search["_api._tcp".Length..]).ShouldBeTrue(search);
        using var broker = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(seal.FolderOf("rabbitmq"), "tls.crt"));
        broker.MatchesHostname("stages-rabbitmq").ShouldBeTrue();
    }

    /// <summary>What copies of the classroom say to one another reaches every class: nobody else comes near it.</summary>
    [Fact]
    public void the_silo_is_for_the_copies_of_the_classroom_alone()
    {
        Read("classroom.yaml").ShouldContain("{ name: silo, containerPort: 11111 }");
        var policy = Read("network-policies.yaml")
            .Split("\n---\n")
            .Where(p => p.Contains("11111", StringComparison.Ordinal))
            .ShouldHaveSingleItem();
        policy.ShouldContain("  podSelector: { matchLabels: { app: classroom } }\n");
        policy.ShouldContain("    - from: [{ podSelector: { matchLabels: { app: classroom } } }]\n      ports: [{ port: 11111 }]");
        Read("classroom.yaml").Split("kind: Service\n").Skip(1).ShouldAllBe(s => !s.Contains("silo"));
    }

    /// <summary>As keys.md says, which whoever installs keeps to: a secret is for whom it is, and for nobody beside.</summary>
    [Fact]
    public void each_pod_has_the_secrets_that_it_uses_and_no_other()
    {
        var written =
            from line in File.ReadLines(Path.Combine(Servers.Checkout, "infra", "keys.md"))
            where line.StartsWith("| `stages-", StringComparison.Ordinal)
            let cells = line.Split('|')
            let secret = cells[1].Trim(' ', '`')
            from has in Named(cells[2].Trim())
            select $"{secret}: {has}";
        var mounted =
            from workload in Workloads().Select(w => w.Data)
            let pod = Path.GetFileNameWithoutExtension(workload.Item1)
            let halves = Halves(workload.Item2)
            from has in Of(halves.First).Select(s => $"{s}: schemas of {pod}").Concat(Of(halves.Own).Select(s => $"{s}: {pod}"))
            select has;
        mounted.Distinct().Order(StringComparer.Ordinal).ShouldBe(written.Order(StringComparer.Ordinal));

        // The authorities' public halves are no secrets.
        static IEnumerable<string> Of(string part) =>
            Reference()
                .Matches(part)
                .Select(m => $"{m.Groups["name"].Value}/{m.Groups["key"].Value}")
                .Concat(
                    Mounted()
                        .Matches(part)
                        .SelectMany(m =>
                            Item().Matches(m.Groups["items"].Value).Select(i => $"{m.Groups["name"].Value}/{i.Groups["key"].Value}")
                                is var items
                            && items.Any()
                                ? items
                                : [m.Groups["name"].Value]
                        )
                );

        static IEnumerable<string> Named(string who) =>
            who.StartsWith("schemas of ", StringComparison.Ordinal) ? who["schemas of ".Length..].Split(", ").Select(w => "schemas of " + w)
            : who.EndsWith(" and its schemas", StringComparison.Ordinal) ? [who.Split(' ')[0], "schemas of " + who.Split(' ')[0]]
            : who.Split(", ");

        static (string First, string Own) Halves(string document)
        {
            var (init, own) = (
                document.IndexOf("\n      initContainers:", StringComparison.Ordinal),
                document.IndexOf("\n      containers:", StringComparison.Ordinal)
            );
            return init < 0 ? ("", document) : (document[init..own], document[own..]);
        }
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    [GeneratedRegex(@"(?<![a-z])(?:http|ws|amqp)://|\b8080\b", RegexOptions.None, 1000)]
    private static partial Regex InClear();

    [GeneratedRegex(@"^  (?:Services__(?!Portal)|CopiesByName__)\w+: (?<address>\w+://\S+)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Called();

    [GeneratedRegex(@"^  Classroom__MediaSearch__Name: (?<name>\S+)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Searched();

    [GeneratedRegex("^kind: (?:Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Workload();

    [GeneratedRegex(@"secretKeyRef: \{ name: (?<name>[\w-]+), key: (?<key>[\w-]+) \}", RegexOptions.None, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"secretName: (?<name>[\w-]+)(?<items>,?\s*items:[^\n]*(?:\n +- \{ key: [^\n]*)*)?", RegexOptions.None, 1000)]
    private static partial Regex Mounted();

    [GeneratedRegex(@"key: (?<key>[\w.-]+),", RegexOptions.None, 1000)]
    private static partial Regex Item();

    [GeneratedRegex("^ +image: ", RegexOptions.Multiline, 1000)]
    private static partial Regex Image();

    [GeneratedRegex(@"^  - (?<file>[a-z-]+\.yaml)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Listed();
}
