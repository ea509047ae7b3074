using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Notes;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>Shared notes: numbered, kept, handed on and deleted by the service, read by browsers alone.</summary>
public sealed class NotesTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Guid NewModule() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private NpgsqlDataSource Database => service.Services.GetRequiredService<NpgsqlDataSource>();

    [Fact]
    public async Task updates_that_come_at_once_have_numbers_without_a_gap_and_are_read_in_their_order()
    {
        var module = NewModule();
        var numbers = await Task.WhenAll(Enumerable.Range(1, 60).Select(i => Write(module, (byte)i)));
        numbers.Order().ShouldBe(Enumerable.Range(1, 60).Select(i => (long?)i));
        var all = await Read(module, 0);
        (all.Seq, all.Whole).ShouldBe((60, 0));
        all.Updates.Select((u, i) => numbers[u[0] - 1] == i + 1).ShouldAllBe(inOrder => inOrder);
        (await Read(module, 57)).Updates.Count.ShouldBe(3);
        var nothingNew = await Read(module, 60);
        (nothingNew.Seq, nothingNew.Updates.Count).ShouldBe((60, 0));
    }

    /// <summary>Whoever has read up to a number misses nothing before it, however many write meanwhile.</summary>
    [Fact]
    public async Task who_reads_while_others_write_misses_nothing()
    {
        var module = NewModule();
        var writing = Task.WhenAll(Enumerable.Range(1, 80).Select(i => Write(module, (byte)i)));
        var (seen, got) = (0L, new List<byte>());
        while (seen < 80)
        {
            var reading = await Read(module, seen);
            got.AddRange(reading.Updates.Select(u => u[0]));
            reading.Updates.Count.ShouldBe((int)(reading.Seq - seen));
            seen = reading.Seq;
        }
        await writing;
        got.Order().ShouldBe(Enumerable.Range(1, 80).Select(i => (byte)i));
    }

    [Fact]
    public async Task one_state_stands_for_what_was_before_it_and_the_state_before_it_stays()
    {
        var module = NewModule();
        for (byte i = 1; i <= 5; i++)
            await Write(module, i);
        (await Keep(module, 3, 103)).ShouldBeTrue();
        Bytes(await Read(module, 0)).ShouldBe([103, 4, 5]);
        // Who has more than the state already reads on from there.
        Bytes(await Read(module, 4)).ShouldBe([5]);
        Bytes(await Read(module, 1)).ShouldBe([103, 4, 5]);
        (await Keep(module, 9, 109)).ShouldBeFalse("no such number yet");
        (await Keep(module, 2, 102)).ShouldBeFalse("there is a newer one");
        (await Keep(module, 5, 105)).ShouldBeTrue();
        var now = await Read(module, 0);
        (now.Seq, now.Whole).ShouldBe((5, 5));
        Bytes(now).ShouldBe([105]);
        // Nobody here can say whether the new state is true: the one before, and what came after that one.
        (await Count(module)).ShouldBe(4);
    }

    [Fact]
    public async Task full_notes_take_nothing_more_until_they_are_written_down_as_one_state()
    {
        var module = NewModule();
        for (var i = 0; i < 4; i++)
            (await NotesTable.Write(Database, module, new byte[250], module, 1000, Cancel)).ShouldNotBeNull();
        (await NotesTable.Write(Database, module, [1], module, 1000, Cancel)).ShouldBeNull();
        (await NotesTable.Keep(Database, module, 4, new byte[600], module, Cancel)).ShouldBeTrue();
        (await NotesTable.Write(Database, module, new byte[400], module, 1000, Cancel)).ShouldBe(5);
        (await NotesTable.Write(Database, module, [1], module, 1000, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task notes_end_thirty_days_after_their_class()
    {
        var (old, young) = (await service.Publish(-31 * 24 * 60, "Lina"), await service.Publish(-29 * 24 * 60, "Lina"));
        foreach (var lesson in new[] { old, young })
        {
            await Write(lesson.ModuleId, 1);
            await Keep(lesson.ModuleId, 1, 2);
            await WriteIn(lesson.ModuleId, InGroup, 1);
        }
        await service.Services.GetRequiredService<Retention>().Apply(Cancel);
        (await NotesTable.Modules(Database, Cancel)).ShouldNotContain(old.ModuleId);
        (await Count(old.ModuleId)).ShouldBe(0);
        (await Count(InGroup.IdIn(old.ModuleId))).ShouldBe(0);
        (await Count(InGroup.IdIn(young.ModuleId))).ShouldBe(1);
        (await Count(young.ModuleId)).ShouldBe(2);
    }

    [Fact]
    public void who_may_write_is_the_teachers_choice()
    {
        var pupil = new Actor(Guid.Empty, ParticipantRole.Pupil);
        var teacher = new Actor(Guid.Empty, ParticipantRole.Teacher);
        var closed = Desk.Create(new DeskSet(Guid.Empty)) with { Permissions = Desk.AllPermitted with { Notes = false } };
        DeskRules.MayNote(null, pupil).ShouldBeNull();
        DeskRules.MayNote(closed, pupil).ShouldBe(new NotPermitted());
        DeskRules.MayNote(closed, teacher).ShouldBeNull();
    }

    [Fact]
    public async Task notes_of_a_group_alone_end_with_their_class_too()
    {
        var old = await service.Publish(-31 * 24 * 60, "Lina");
        await WriteIn(old.ModuleId, InGroup, 1);
        await WriteIn(old.ModuleId, InGroup with { Group = 1 }, 2);
        (await NotesTable.Modules(Database, Cancel)).ShouldContain(old.ModuleId);
        await service.Services.GetRequiredService<Retention>().Apply(Cancel);
        (await NotesTable.Modules(Database, Cancel)).ShouldNotContain(old.ModuleId);
        (await Count(InGroup.IdIn(old.ModuleId))).ShouldBe(0);
    }

    private static readonly GroupNotes InGroup = new(1, 0);

    private Task<long?> WriteIn(Guid module, GroupNotes which, byte update) =>
        NotesTable.Write(Database, which.IdIn(module), [update], module, SharedNotes.MostOfGroup, Cancel, module);

    private Task<long?> Write(Guid module, byte update) => NotesTable.Write(Database, module, [update], module, SharedNotes.Most, Cancel);

    private Task<NotesReading> Read(Guid module, long since) => NotesTable.Read(Database, module, since, Cancel);

    private Task<bool> Keep(Guid module, long seq, byte state) => NotesTable.Keep(Database, module, seq, [state], module, Cancel);

    private static IEnumerable<byte> Bytes(NotesReading reading) => reading.Updates.Select(u => u[0]);

    private async Task<long> Count(Guid module)
    {
        await using var command = Database.CreateCommand("select count(*) from classroom.class_notes where module_id = $1");
        command.Parameters.AddWithValue(module);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
