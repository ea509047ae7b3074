using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stages.Portal.SignIns;

namespace Stages.Portal.Tests;

/// <summary>The keys of cookies lie in the database under a secret that does not.</summary>
public sealed class SealedKeysTests(PortalService service) : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task the_database_holds_no_key_that_it_could_open_itself()
    {
        using var client = service.Client();
        using var page = await client.GetAsync("/connexion", TestContext.Current.CancellationToken);
        await using var connection = new NpgsqlConnection(service.Realm.Postgres);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select data::text from portal.mt_doc_sealingkey", connection);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var keys = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            keys.Add(rows.GetString(0));
        keys.ShouldNotBeEmpty();
        keys.ShouldAllBe(k => k.Contains(nameof(OpenKeys)) && !k.Contains("masterKey"));
    }

    [Fact]
    public void a_new_secret_seals_while_the_old_one_opens_and_without_it_nothing_does()
    {
        var (first, second) = (Secret(), Secret());
        var key = new XElement("masterKey", new XElement("value", "secret"));
        var sealedByFirst = new SealKeys(With(first)).Encrypt(key);
        sealedByFirst.EncryptedElement.ToString().ShouldNotContain("secret");

        XNode.DeepEquals(Open(With(second, first), sealedByFirst.EncryptedElement), key).ShouldBeTrue();
        XNode.DeepEquals(Open(With(second, first), new SealKeys(With(second, first)).Encrypt(key).EncryptedElement), key).ShouldBeTrue();
        Should
            .Throw<CryptographicException>(() => Open(With(second), sealedByFirst.EncryptedElement))
            .Message.ShouldContain("SealingKeyFile");
    }

    [Fact]
    public void a_key_that_lay_open_is_believed_no_more()
    {
        KeyRing.IsSealed(XElement.Parse("<key><descriptor><masterKey><value>x</value></masterKey></descriptor></key>")).ShouldBeFalse();
        KeyRing.IsSealed(XElement.Parse("<key><encryptedSecret><sealed>x</sealed></encryptedSecret></key>")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcd")]
    public void a_secret_is_as_long_as_it_must_be(string line)
    {
        File.WriteAllText(file, line);
        Should.Throw<InvalidOperationException>(() => new SealingSecrets(Settings())).Message.ShouldContain("64 hexadecimal digits");
    }

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private SealingSecrets With(params string[] lines)
    {
        File.WriteAllLines(file, lines);
        return new SealingSecrets(Settings());
    }

    private IConfiguration Settings() =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Portal:SealingKeyFile"] = file })
            .Build();

    private static XElement Open(SealingSecrets secrets, XElement element)
    {
        using var services = new ServiceCollection().AddSingleton(secrets).BuildServiceProvider();
        return new OpenKeys(services).Decrypt(element);
    }
}
