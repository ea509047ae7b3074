using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stages.Portal.Imports;
using Stages.Vocabulary;

namespace Stages.Portal.Tests;

/// <summary>The Portal with a scanner, which the test starts.</summary>
public sealed class ScannedPortal : PortalService
{
    public Clamd Clamd { get; } = new();

    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
        [.. base.ExtraSettings, new("Scanner:Clamd", Clamd.Address)];
}

/// <summary>Lists that coordinators bring are looked through before they are kept.</summary>
public sealed class VirusTests(ScannedPortal portal) : IClassFixture<ScannedPortal>, IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task no_list_with_a_virus_in_it_is_kept_and_none_while_nobody_looks()
    {
        await Should.ThrowAsync<ScannerAway>(Bring("nom;prénom\n"u8.ToArray()));
        await portal.Clamd.Start();
        var refused = await Should.ThrowAsync<UnreadableFile>(Bring([.. "nom;prénom\n"u8, .. Clamd.Eicar]));
        refused.Message.ShouldBe(new FileIsInfected().Text);
        (await Kept()).ShouldBe(0);
        (await Bring("nom;prénom\n"u8.ToArray())).ShouldNotBeNull();
        (await Kept()).ShouldBe(1);
    }

    public ValueTask DisposeAsync() => portal.Clamd.DisposeAsync();

    private Task<Guid?> Bring(byte[] bytes)
    {
        var file = new FormFile(new MemoryStream(bytes), 0, bytes.Length, "file", "élèves.csv");
        var caller = new Caller(PersonId.FromEmail("camille@example.org"), Roles.Coordinator, "camille@example.org", "Camille", null);
        var usual = new Usual("", [], [], false, false);
        return portal.Services.GetRequiredService<ImportDesk>().Bring(Guid.AllBitsSet, caller, "inscriptions", file, usual, Cancel);
    }

    /// <summary>Sheets, and not their files: one that is read is gone as a file.</summary>
    private async Task<long> Kept()
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(portal.Realm.Postgres);
        await using var command = database.CreateCommand("select count(*) from portal.mt_doc_importsheet");
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
