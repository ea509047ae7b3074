using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Stages.ServiceDefaults.Tests;

/// <summary>What a real clamd says of files, and what becomes of them while it says nothing.</summary>
public sealed class VirusScannerTests : IAsyncLifetime
{
    private readonly Clamd clamd = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => new(clamd.Start(largest: 1));

    public ValueTask DisposeAsync() => clamd.DisposeAsync();

    /// <summary>Of any length, and wherever in the file it is: pieces of 64 KiB are what goes over the wire.</summary>
    [Fact]
    public async Task what_is_clean_passes_and_a_virus_is_found_wherever_it_is()
    {
        var scanner = Scanner(clamd.Address);
        foreach (var length in (int[])[0, 1, 65_535, 65_536, 65_537, 700_000, Random.Shared.Next(1, 500_000)])
            (await scanner.Look(RandomNumberGenerator.GetBytes(length), Cancel)).ShouldBeNull($"{length} bytes");
        foreach (var before in (int[])[0, 65_500, Random.Shared.Next(1, 500_000)])
        {
            byte[] file = [.. RandomNumberGenerator.GetBytes(before), .. Clamd.Eicar, .. RandomNumberGenerator.GetBytes(90_000)];
            (await scanner.Look(file, Cancel)).ShouldBe(new FileIsInfected(), $"after {before} bytes");
        }
    }

    [Fact]
    public async Task of_what_it_does_not_answer_for_nothing_is_believed()
    {
        var scanner = Scanner(clamd.Address);
        (await Should.ThrowAsync<ScannerAway>(scanner.Look(new byte[3 * 1024 * 1024], Cancel))).IsAway.ShouldBeFalse("too large for it");
        await clamd.Stop();
        (await Should.ThrowAsync<ScannerAway>(scanner.Look("bonjour"u8.ToArray(), Cancel))).IsAway.ShouldBeTrue();
        await clamd.Start(largest: 1);
        (await scanner.Look("bonjour"u8.ToArray(), Cancel)).ShouldBeNull();
    }

    /// <summary>No work of a child goes to who cannot show that it is the scanner; one that can is tried in Enrolment's tests.</summary>
    [Fact]
    public async Task nothing_goes_to_a_stranger_that_speaks_in_seal()
    {
        using var seal = await Seal.Create();
        using var certificate = CertificateOf(seal);
        await using var door = new SealedDoor(certificate, clamd.Port);
        await Should.ThrowAsync<ScannerAway>(Scanner($"tls://localhost:{door.Port}").Look("bonjour"u8.ToArray(), Cancel));
    }

    [Theory]
    [InlineData("Local", null, null)]
    [InlineData("Test", "none", null)]
    [InlineData("Production", "none", null)]
    [InlineData("Production", "tls://clamav.example.org:3311", "clamav.example.org:3311 True")]
    [InlineData("Production", "tcp://127.0.0.1:3310", "127.0.0.1:3310 False")]
    [InlineData("Local", "tcp://clamav:3310", "clamav:3310 False")]
    public void it_is_where_the_setting_says(string environment, string? setting, string? expected) =>
        (Read(environment, setting) is { } read ? $"{read.Host}:{read.Port} {read.IsSealed}" : null).ShouldBe(expected);

    [Theory]
    [InlineData("Production", null)]
    [InlineData("Production", "")]
    [InlineData("Production", "tcp://clamav:3310")]
    [InlineData("Production", "tls://clamav.example.org")]
    [InlineData("Production", "clamav:3310")]
    [InlineData("Local", "https://clamav:3310")]
    [InlineData("Local", "None")]
    public void outside_a_local_run_nothing_starts_that_does_not_say_who_looks_or_that_nobody_does(string environment, string? setting) =>
        Should.Throw<InvalidOperationException>(() => Read(environment, setting)).Message.ShouldContain(ScannerAddress.Setting);

    private static ScannerAddress? Read(string environment, string? setting) =>
        ScannerAddress.Read(
            new ConfigurationBuilder().AddInMemoryCollection([new(ScannerAddress.Setting, setting)]).Build(),
            new HostingEnvironment { EnvironmentName = environment }
        );

    private static VirusScanner Scanner(string setting) =>
        new(Read("Test", setting), TimeProvider.System, NullLogger<VirusScanner>.Instance);

    private static X509Certificate2 CertificateOf(Seal seal) =>
        X509Certificate2.CreateFromPemFile(
            Path.Combine(seal.FolderOf("portal"), "tls.crt"),
            Path.Combine(seal.FolderOf("portal"), "tls.key")
        );
}
