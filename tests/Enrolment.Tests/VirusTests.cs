using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Stages.Testing;

namespace Stages.Enrolments.Tests;

/// <summary>A directory of schools is looked through as well; here by a scanner in seal, under a private authority.</summary>
public sealed class VirusTests
{
    private static readonly byte[] Shipped = File.ReadAllBytes(
        Path.Combine(AppContext.BaseDirectory, "Schools", "schools-montpellier.csv")
    );

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_directory_of_schools_is_looked_through_before_it_is_read()
    {
        await using var clamd = new Clamd();
        await clamd.Start();
        using var seal = await Seal.Create();
        using var certificate = X509Certificate2.CreateFromPemFile(
            Path.Combine(seal.FolderOf("portal"), "tls.crt"),
            Path.Combine(seal.FolderOf("portal"), "tls.key")
        );
        await using var door = new SealedDoor(certificate, clamd.Port);
        await using var realm = await TestRealm.Create();
        var settings = new Dictionary<string, string>(realm.Settings, StringComparer.Ordinal)
        {
            ["Scanner:Clamd"] = $"tls://localhost:{door.Port}",
            ["SSL_CERT_FILE"] = seal.Authority,
        };
        await using var enrolment = new ServiceProcess("services/Enrolment", "Stages.Enrolments", settings);
        enrolment.Start();
        await enrolment.Ready(TimeSpan.FromSeconds(180));
        using var coordinator = enrolment.Client();
        coordinator.DefaultRequestHeaders.Authorization = realm.Bearer("coordinator", "c@example.org", service: "enrolment");

        (await Code([.. Shipped, .. Clamd.Eicar, .. "\n"u8])).ShouldBe((HttpStatusCode.UnprocessableEntity, "file-infected"));
        (await Code(Shipped)).ShouldBe((HttpStatusCode.OK, null));
        await clamd.Stop();
        (await Code(Shipped)).ShouldBe((HttpStatusCode.ServiceUnavailable, ForeignServerFault.Code));

        async Task<(HttpStatusCode, string?)> Code(byte[] file)
        {
            using var answer = await coordinator.PostAsync("/api/schools/import", new ByteArrayContent(file), Cancel);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            return (answer.StatusCode, body.TryGetProperty("code", out var code) ? code.GetString() : null);
        }
    }
}
