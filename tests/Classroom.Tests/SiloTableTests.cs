using System.Net;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans;
using Orleans.Runtime;
using Shouldly;
using Stages.Classrooms.Copies;
using Stages.Testing;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>Who the copies of the service are, as they agree upon it in the database: each method, each lost race.</summary>
public sealed class SiloTableTests : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 11, 27, 8, 0, 0, DateTimeKind.Utc);

    private TestRealm realm = null!;
    private NpgsqlDataSource database = null!;
    private SiloTable table = null!;

    public async ValueTask InitializeAsync()
    {
        realm = await TestRealm.Create();
        database = NpgsqlDataSource.Create(realm.Postgres);
        await using var create = database.CreateCommand(
            """
            create schema classroom;
            create table classroom.silos_version (only_one boolean primary key, version int not null);
            create table classroom.silos (address text primary key, status int not null, suspects text not null, host text not null,
              name text not null, started timestamptz not null, alive timestamptz not null, etag int not null);
            """
        );
        await create.ExecuteNonQueryAsync();
        table = new SiloTable(database);
        await table.InitializeMembershipTable(true);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await realm.DisposeAsync();
    }

    [Fact]
    public async Task a_table_begins_empty_and_is_begun_once()
    {
        var all = await table.ReadAll();
        (all.Members.Count, all.Version.Version).ShouldBe((0, 0));
        (await table.InsertRow(Entry(1), all.Version.Next())).ShouldBeTrue();
        await table.InitializeMembershipTable(true);
        (await table.ReadAll()).Version.Version.ShouldBe(1);
    }

    [Fact]
    public async Task what_is_inserted_is_read_again_alone_and_among_others()
    {
        var entry = Entry(1, SiloStatus.Joining, (Address(2), Start.AddSeconds(3)), (Address(3), Start.AddTicks(7)));
        await Insert(entry);
        await Insert(Entry(2));
        var row = await table.ReadRow(entry.SiloAddress);
        var (read, _) = row.Members.ShouldHaveSingleItem();
        read.SiloAddress.ShouldBe(entry.SiloAddress);
        (read.Status, read.HostName, read.SiloName, read.StartTime, read.IAmAliveTime).ShouldBe(
            (entry.Status, entry.HostName, entry.SiloName, entry.StartTime, entry.IAmAliveTime)
        );
        read.SuspectTimes.ShouldBe(entry.SuspectTimes);
        var all = await table.ReadAll();
        (all.Members.Count, all.Version.Version, row.Version.Version).ShouldBe((2, 2, 2));
        (await table.ReadRow(Address(9))).Members.ShouldBeEmpty();
        (await table.ReadRow(Address(9))).Version.Version.ShouldBe(2);
    }

    [Fact]
    public async Task of_two_that_insert_upon_one_version_one_has_to_read_again()
    {
        var read = (await table.ReadAll()).Version.Next();
        var won = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => table.InsertRow(Entry(i), read)));
        won.Count(w => w).ShouldBe(1);
        var all = await table.ReadAll();
        (all.Members.Count, all.Version.Version).ShouldBe((1, 1));
    }

    [Fact]
    public async Task a_row_that_is_there_is_not_inserted_and_the_version_stays()
    {
        await Insert(Entry(1));
        (await table.InsertRow(Entry(1), (await table.ReadAll()).Version.Next())).ShouldBeFalse();
        (await table.ReadAll()).Version.Version.ShouldBe(1);
    }

    [Fact]
    public async Task a_row_is_updated_by_who_has_read_it_last_and_by_nobody_else()
    {
        await Insert(Entry(1));
        var read = await table.ReadAll();
        var (entry, etag) = read.Members.Single();
        entry.Status = SiloStatus.Active;
        (await table.UpdateRow(entry, etag, read.Version.Next())).ShouldBeTrue();
        // With the tag of before, with the version of before, of a row that is not there.
        var now = await table.ReadAll();
        entry.Status = SiloStatus.Dead;
        (await table.UpdateRow(entry, etag, now.Version.Next())).ShouldBeFalse();
        (await table.UpdateRow(entry, now.Members.Single().Item2, read.Version.Next())).ShouldBeFalse();
        (await table.UpdateRow(Entry(7), now.Members.Single().Item2, now.Version.Next())).ShouldBeFalse();
        var after = await table.ReadAll();
        (after.Version.Version, after.Members.Single().Item1.Status).ShouldBe((2, SiloStatus.Active));
    }

    [Fact]
    public async Task of_many_that_update_at_once_one_wins()
    {
        await Insert(Entry(1));
        var read = await table.ReadAll();
        var (entry, etag) = read.Members.Single();
        var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => table.UpdateRow(entry, etag, read.Version.Next())));
        won.Count(w => w).ShouldBe(1);
        (await table.ReadAll()).Version.Version.ShouldBe(2);
    }

    [Fact]
    public async Task a_sign_of_life_is_in_nobodys_way()
    {
        await Insert(Entry(1));
        var read = await table.ReadAll();
        var (entry, etag) = read.Members.Single();
        entry.IAmAliveTime = Start.AddMinutes(1);
        await table.UpdateIAmAlive(entry);
        var after = await table.ReadAll();
        (after.Version.Version, after.Members.Single().Item1.IAmAliveTime).ShouldBe((1, Start.AddMinutes(1)));
        (await table.UpdateRow(entry, etag, read.Version.Next())).ShouldBeTrue();
    }

    [Fact]
    public async Task the_dead_of_long_ago_are_cleared_away_and_no_others()
    {
        await Insert(Entry(1, SiloStatus.Dead, at: Start));
        await Insert(Entry(2, SiloStatus.Dead, at: Start.AddHours(2)));
        await Insert(Entry(3, SiloStatus.Active, at: Start));
        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Start.AddHours(1)));
        (await table.ReadAll()).Members.Select(m => m.Item1.SiloAddress).ShouldBe([Address(2), Address(3)], ignoreOrder: true);
    }

    [Fact]
    public async Task all_of_it_goes_at_once()
    {
        await Insert(Entry(1));
        await table.DeleteMembershipTableEntries(Cluster.Id);
        await table.InitializeMembershipTable(true);
        var all = await table.ReadAll();
        (all.Members.Count, all.Version.Version).ShouldBe((0, 0));
    }

    /// <summary>The log of a class names a copy by this: for another start of it another one, and never one for two.</summary>
    [Fact]
    public void each_start_of_a_copy_has_an_id_of_its_own() =>
        Gen.Select(Gen.Int[1, 255], Gen.Int[1, 65535], Gen.Int[1, int.MaxValue])
            .Array[2]
            .Sample(two =>
            {
                SiloAddress Of((int Host, int Port, int Start) x) =>
                    SiloAddress.New(new IPEndPoint(new IPAddress([10, 0, 0, (byte)x.Host]), x.Port), x.Start);
                (ThisCopy.IdOf(Of(two[0])) == ThisCopy.IdOf(Of(two[1]))).ShouldBe(two[0] == two[1]);
            });

    private async Task Insert(MembershipEntry entry) =>
        (await table.InsertRow(entry, (await table.ReadAll()).Version.Next())).ShouldBeTrue();

    private static SiloAddress Address(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 20000 + number), 100 + number);

    private static MembershipEntry Entry(
        int number,
        SiloStatus status = SiloStatus.Joining,
        params (SiloAddress By, DateTime At)[] suspects
    ) => Entry(number, status, Start, suspects);

    private static MembershipEntry Entry(int number, SiloStatus status, DateTime at, params (SiloAddress By, DateTime At)[] suspects) =>
        new()
        {
            SiloAddress = Address(number),
            Status = status,
            HostName = $"host-{number}",
            SiloName = $"copy {number}",
            StartTime = Start,
            IAmAliveTime = at,
            SuspectTimes = [.. suspects.Select(s => Tuple.Create(s.By, s.At))],
        };
}
