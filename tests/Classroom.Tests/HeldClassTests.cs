using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Copies;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Sessions;
using Stages.Contracts.Enrolment;
using Stages.ServiceDefaults;
using Stages.Testing;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>One class, asked through two copies of the service: what is decided once, what is kept, what is forgotten.</summary>
public sealed class HeldClassTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Database => service.Services.GetRequiredService<NpgsqlDataSource>();

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static Draw Pen(Guid id, int at, string sheet = Sheets.First) =>
        new(sheet, new Mark(id, [at, at, 50], "#102030", 4, "pen", null));

    [Fact]
    public async Task what_many_do_at_once_through_two_copies_is_all_there_once()
    {
        var other = (await service.StartCopy()).Services;
        var pupils = Enumerable.Range(0, 12).Select(i => $"p{i}").ToArray();
        var (lesson, teacher, seats) = await Begun(pupils);
        IServiceProvider[] copies = [service.Services, other];
        var asked = await Task.WhenAll(
            seats.SelectMany(
                (seat, i) =>
                    new[]
                    {
                        Ask(copies[i % 2]).Show(lesson.ModuleId, seat, new RaiseHand(true), Cancel),
                        Ask(copies[(i + 1) % 2]).Show(lesson.ModuleId, seat, new SayLine(NewId(), $"line {i}", "all"), Cancel),
                        Ask(copies[i % 2]).Show(lesson.ModuleId, seat, Pen(NewId(), i), Cancel),
                    }
            )
        );
        asked.ShouldAllBe(a => !a.Refused);
        (
            await Ask(other).Note(lesson.ModuleId, teacher, new SetPermissions(Desk.AllPermitted with { Board = false }), Cancel)
        ).Refused.ShouldBeFalse();
        // What has to be accounted for is in the log when it is answered.
        await using (var reads = service.Services.GetRequiredService<IDocumentStore>().QuerySession())
            (await reads.LoadAsync<Desk>(Desk.IdOf(lesson.ModuleId), Cancel))!.Permissions.Board.ShouldBeFalse();
        (await Ask(other).Show(lesson.ModuleId, seats[0], Pen(NewId(), 1), Cancel)).Refusal.ShouldBe(new NotPermitted());

        var (here, there) = (await Ask(service.Services).Held(lesson.ModuleId, Cancel), await Ask(other).Held(lesson.ModuleId, Cancel));
        here.Revision.ShouldBe(there.Revision);
        here.Desk!.Hands.Order().ShouldBe(seats.Select(s => s.ParticipantId).Order());
        var row = await Eventually.Is(() => Row(lesson), r => r?.Board.Length == pupils.Length && r.Chat.Length == pupils.Length);
        row!.Chat.Select(c => c.Text).Order().ShouldBe(pupils.Select((_, i) => $"line {i}").Order());
        row.Desk!.Hands.Length.ShouldBe(pupils.Length);
    }

    [Fact]
    public async Task what_is_asked_again_because_an_answer_was_lost_happens_once()
    {
        var (lesson, teacher, seats) = await Begun("Lina");
        var ask = Ask(service.Services);
        var (line, stroke, poll, connection) = (NewId(), NewId(), NewId(), NewId());
        for (var i = 0; i < 2; i++)
        {
            (await ask.Show(lesson.ModuleId, seats[0], new SayLine(line, "oui", "all"), Cancel)).Refused.ShouldBeFalse();
            (await ask.Show(lesson.ModuleId, seats[0], Pen(stroke, 1), Cancel)).Refused.ShouldBeFalse();
            (await ask.Show(lesson.ModuleId, teacher, new AskPoll(poll, "?", ["a", "b"]), Cancel)).Refused.ShouldBeFalse();
            (await ask.Show(lesson.ModuleId, seats[0], new Vote(poll, 1), Cancel)).Refused.ShouldBeFalse();
            await ask.Arrive(lesson.ModuleId, seats[0].ParticipantId, connection, Copy, Cancel);
        }
        var arrived = await ask.Arrive(lesson.ModuleId, seats[0].ParticipantId, connection, Copy, Cancel);
        (arrived.Chat.Length, arrived.Strokes.Length, arrived.State!.Desk!.Poll!.Votes.Count).ShouldBe((1, 1, 1));
        arrived.State.Session!.SeatOf(seats[0].ParticipantId)!.Presences.Length.ShouldBe(2);
    }

    [Fact]
    public async Task the_class_takes_a_line_for_one_pupil_from_the_teacher_alone()
    {
        var (lesson, teacher, seats) = await Begun("Lina", "Noah");
        var ask = Ask(service.Services);
        string To(Actor who) => who.ParticipantId.ToString();
        Task<Answered> Say(Actor by, string to) => ask.Show(lesson.ModuleId, by, new SayLine(NewId(), "à toi", to), Cancel);
        (await Say(seats[0], To(seats[1]))).Refusal.ShouldBe(new TeacherOnly());
        (await Say(seats[0], To(teacher))).Refusal.ShouldBe(new TeacherOnly());
        (await Say(teacher, To(seats[1]))).Refused.ShouldBeFalse();
        (await Say(seats[1], "teacher")).Refused.ShouldBeFalse();
        (await Say(teacher, NewId().ToString())).Refusal.ShouldBe(new NotValid());
        var kept = (await ask.Arrive(lesson.ModuleId, seats[1].ParticipantId, NewId(), Copy, Cancel)).Chat;
        kept.Select(c => (c.From, c.To)).ShouldBe([(teacher.ParticipantId, To(seats[1])), (seats[1].ParticipantId, "teacher")]);
    }

    [Fact]
    public async Task a_stage_that_changes_wakes_no_class_in_which_nobody_is()
    {
        var other = (await service.StartCopy()).Services;
        var empty = await service.Publish(60, "Lina");
        var (lesson, _, _) = await Begun("Noah");
        HashSet<Guid> Held() => [.. new[] { service.Services, other }.SelectMany(c => c.GetRequiredService<HeldHere>().Modules)];
        var before = await Ask(other).Held(lesson.ModuleId, Cancel);
        foreach (var copy in new[] { service.Services, other })
        {
            await Ask(copy).Look(empty.ModuleId);
            await Ask(copy).Look(lesson.ModuleId);
        }
        Held().ShouldNotContain(empty.ModuleId);
        // Where somebody is, it is read again.
        Held().ShouldContain(lesson.ModuleId);
        (await Ask(other).Held(lesson.ModuleId, Cancel)).SessionRevision.ShouldBe(before.SessionRevision + 2);
    }

    [Fact]
    public async Task whoever_is_not_in_class_changes_nothing_in_it()
    {
        var (lesson, teacher, seats) = await Begun("Lina", "Noah");
        var ask = Ask(service.Services);
        (await ask.Show(lesson.ModuleId, new Actor(NewId(), ParticipantRole.Teacher), new Wipe(Sheets.First), Cancel)).Refusal.ShouldBe(
            new NotNow()
        );
        // Who says to be the teacher is what their seat says.
        (
            await ask.Show(lesson.ModuleId, seats[0] with { Role = ParticipantRole.Teacher }, new Wipe(Sheets.First), Cancel)
        ).Refusal.ShouldBe(new TeacherOnly());
        await ask.Note(lesson.ModuleId, teacher, new Remove(seats[1].ParticipantId, "crie", false), Cancel);
        (await ask.Show(lesson.ModuleId, seats[1], new RaiseHand(true), Cancel)).Refusal.ShouldBe(new NotNow());
        (await ask.Arrive(lesson.ModuleId, seats[1].ParticipantId, NewId(), Copy, Cancel)).Refusal.ShouldBe(new NoSuchSeat());
    }

    [Fact]
    public async Task a_slate_is_its_pupils_and_the_teachers_until_it_is_shown_to_the_class()
    {
        var other = (await service.StartCopy()).Services;
        var (lesson, teacher, seats) = await Begun("Lina", "Noah");
        var (module, lina, noah) = (lesson.ModuleId, seats[0], seats[1]);
        var slate = Sheets.Slate(lina.ParticipantId);
        (await Ask(other).Show(module, lina, Pen(NewId(), 1, slate), Cancel)).Refusal.ShouldBe(new NotPermitted());
        await Ask(other).Show(module, teacher, new AskSlates(0, " Une moitié ? "), Cancel);
        // Asked again because the answer was lost, it wipes nothing.
        (await Ask(other).Show(module, lina, Pen(NewId(), 1, slate), Cancel)).Refused.ShouldBeFalse();
        await Ask(other).Show(module, teacher, new AskSlates(0, " Une moitié ? "), Cancel);

        (await Ask(other).Show(module, noah, Pen(NewId(), 1, slate), Cancel)).Refusal.ShouldBe(new NotPermitted());
        (await Read(noah)).Refusal.ShouldBe(new NotPermitted());
        // Who says to be the teacher is what their seat says.
        (await Read(noah with { Role = ParticipantRole.Teacher })).Refusal.ShouldBe(new NotPermitted());
        (await Read(teacher)).Strokes.Length.ShouldBe(1);
        (await Read(lina)).Strokes.Length.ShouldBe(1);
        (await Ask(other).Show(module, teacher, Pen(NewId(), 1, slate), Cancel)).Refusal.ShouldBe(new NotPermitted());

        await Ask(other).Show(module, lina, new ShowSlate(true), Cancel);
        (await Ask(other).Show(module, lina, Pen(NewId(), 2, slate), Cancel)).Refusal.ShouldBe(new SlateIsShown());
        (await Read(noah)).Refusal.ShouldBe(new NotPermitted());
        await Ask(other).Show(module, teacher, new PutSlateOnStage(lina.ParticipantId), Cancel);
        (await Read(noah)).Strokes.Length.ShouldBe(1);
        (await Ask(other).Show(module, noah, Pen(NewId(), 1, slate), Cancel)).Refusal.ShouldBe(new NotPermitted());
        (await Ask(other).Show(module, teacher, new PutSlateOnStage(teacher.ParticipantId), Cancel)).Refusal.ShouldBe(new NotValid());

        // The next question: clean slates, nobody's before the class.
        await Ask(service.Services).Show(module, teacher, new AskSlates(1, "Un quart ?"), Cancel);
        (await Read(teacher)).Strokes.ShouldBeEmpty();
        (await Read(noah)).Refusal.ShouldBe(new NotPermitted());
        var desk = (await Ask(service.Services).Held(module, Cancel)).Desk!;
        (desk.Slates!.Question, desk.Slates.Shown.Length, desk.View).ShouldBe(("Un quart ?", 0, ClassView.Slates));

        Task<SheetRead> Read(Actor by) => Ask(service.Services).Read(module, by, slate, Cancel);
    }

    [Fact]
    public async Task what_the_teacher_drew_no_pupil_erases()
    {
        var (lesson, teacher, seats) = await Begun("Lina", "Noah");
        var (ask, module, hers, linas) = (Ask(service.Services), lesson.ModuleId, NewId(), NewId());
        await ask.Show(module, teacher, Pen(hers, 1), Cancel);
        await ask.Show(module, seats[0], Pen(linas, 1), Cancel);
        (await ask.Show(module, seats[0], new Erase(hers), Cancel)).Refusal.ShouldBe(new NotPermitted());
        (await ask.Show(module, seats[1], new Erase(linas), Cancel)).Refusal.ShouldBe(new NotPermitted());
        // Nor does one of the same name take its place.
        await ask.Show(module, seats[0], Pen(hers, 9), Cancel);
        (await ask.Read(module, teacher, Sheets.First, Cancel)).Strokes.Single(s => s.Id == hers).Points[0].ShouldBe(1);
        (await ask.Show(module, seats[0], new Erase(linas), Cancel)).Refused.ShouldBeFalse();
        (await ask.Read(module, teacher, Sheets.First, Cancel)).Strokes.Select(s => s.Id).ShouldBe([hers]);
    }

    [Fact]
    public async Task a_mark_is_moved_by_who_drew_it_and_the_teacher_and_is_kept_there()
    {
        var other = (await service.StartCopy()).Services;
        var (lesson, teacher, seats) = await Begun("Lina", "Noah");
        var (ask, module, hers, linas) = (Ask(service.Services), lesson.ModuleId, NewId(), NewId());
        await ask.Show(module, teacher, Pen(hers, 1), Cancel);
        await ask.Show(module, seats[0], Pen(linas, 1), Cancel);
        (await ask.Show(module, seats[0], To(hers, 9, 1), Cancel)).Refusal.ShouldBe(new NotPermitted());
        (await ask.Show(module, seats[1], To(linas, 9, 1), Cancel)).Refusal.ShouldBe(new NotPermitted());
        (await ask.Show(module, seats[0], To(linas, 9, 2000), Cancel)).Refusal.ShouldBe(new NotValid());
        (await ask.Show(module, seats[0], To(NewId(), 9, 1), Cancel)).Refused.ShouldBeFalse();
        (await ask.Show(module, seats[0], To(linas, 20, 1), Cancel)).Refused.ShouldBeFalse();
        // Asked twice, or by who was slower: it stays where it is.
        (await Ask(other).Show(module, teacher, To(linas, 30, 1), Cancel)).Refused.ShouldBeFalse();
        (await Place(linas)).ShouldBe((20, 1));
        (await Ask(other).Show(module, teacher, To(linas, 30, 2), Cancel)).Refused.ShouldBeFalse();
        (await Place(linas)).ShouldBe((30, 2));
        (await Place(hers)).ShouldBe((1, 0));
        await Ask(other).Note(module, teacher, new SetPermissions(Desk.AllPermitted with { Board = false }), Cancel);
        (await ask.Show(module, seats[0], To(linas, 40, 3), Cancel)).Refusal.ShouldBe(new NotPermitted());
        // Who comes late, and the copy that goes on with the class, find it there.
        (await ask.Arrive(module, seats[1].ParticipantId, NewId(), Copy, Cancel))
            .Strokes.Single(s => s.Id == linas)
            .Moved.ShouldBe(2);
        await Eventually.Is(() => Row(lesson), r => r?.Board.SingleOrDefault(s => s.Id == linas) is { Moved: 2, Points: [30, ..] });

        static MoveMark To(Guid id, int at, int moved) => new(new MarkPlace(id, [at, at, 50], 4, moved));

        async Task<(int, int)> Place(Guid id)
        {
            var mark = (await ask.Read(module, teacher, Sheets.First, Cancel)).Strokes.Single(s => s.Id == id);
            return (mark.Points[0], mark.Moved);
        }
    }

    [Fact]
    public async Task what_a_pupil_said_is_forgotten_with_them_in_memory_and_in_the_row()
    {
        var (lesson, teacher, seats) = await Begun("Lina", "Noah");
        var ask = Ask(service.Services);
        await ask.Show(lesson.ModuleId, seats[0], new SayLine(NewId(), "Secretzz", "all"), Cancel);
        var toLina = new SayLine(NewId(), "Courage Lina", seats[0].ParticipantId.ToString());
        (await ask.Show(lesson.ModuleId, teacher, toLina, Cancel)).Refused.ShouldBeFalse();
        await ask.Show(lesson.ModuleId, seats[1], new SayLine(NewId(), "moi aussi", "all"), Cancel);
        foreach (var seat in seats)
            await ask.Show(lesson.ModuleId, seat, Pen(NewId(), 3), Cancel);
        await Eventually.Is(() => Row(lesson), r => r is { Chat.Length: 3, Board.Length: 2 });
        await service.Publish(new EnrolmentFamily(lesson.Pupils[0].EnrolmentId, lesson.CampaignId, 2, "", [], Erased: true));
        await Eventually.Is(() => Row(lesson), r => r is { Chat.Length: 1, Board.Length: 1 });
        await Eventually.Is(
            async () => (await ask.Arrive(lesson.ModuleId, seats[1].ParticipantId, NewId(), Copy, Cancel)).Chat,
            chat => chat.Select(c => c.Text).SequenceEqual(["moi aussi"])
        );
        // Nor does the next change of the class bring it back.
        await ask.Show(lesson.ModuleId, seats[1], new SayLine(NewId(), "encore", "all"), Cancel);
        (await Eventually.Is(() => Row(lesson), r => r?.Chat.Length == 2))!.Chat.ShouldAllBe(c => c.From == seats[1].ParticipantId);
    }

    [Fact]
    public async Task a_holder_of_before_overwrites_nothing_and_what_did_not_change_stays()
    {
        var module = NewId();
        var said = new ChatSaid(NewId(), NewId(), "all", null, "oui", TimeProvider.System.GetUtcNow());
        await HeldTable.Write(Database, module, 5, null, [said], [], Cancel);
        await HeldTable.Write(Database, module, 4, null, [], [], Cancel);
        (await HeldTable.Read(Database, module, Cancel))!.Chat.Length.ShouldBe(1);
        var desk = Desk.Create(new DeskSet(module)) with { Hands = [module] };
        await HeldTable.Write(Database, module, 6, desk, null, null, Cancel);
        var row = (await HeldTable.Read(Database, module, Cancel))!;
        (row.Revision, row.Chat.Single().Text, row.Desk!.Hands.Single()).ShouldBe((6, "oui", module));
    }

    [Fact]
    public async Task what_was_said_in_class_ends_thirty_days_after_it()
    {
        var (old, young) = (await service.Publish(-31 * 24 * 60, "Lina"), await service.Publish(-29 * 24 * 60, "Lina"));
        foreach (var lesson in new[] { old, young })
            await HeldTable.Write(Database, lesson.ModuleId, 1, null, [], [], Cancel);
        await service.Services.GetRequiredService<Retention>().Apply(Cancel);
        (await Row(old)).ShouldBeNull();
        (await Row(young)).ShouldNotBeNull();
    }

    private Guid Copy => service.Services.GetRequiredService<ThisCopy>().Id;

    private Task<HeldRow?> Row(TestLesson lesson) => HeldTable.Read(Database, lesson.ModuleId, Cancel);

    private static AskClass Ask(IServiceProvider copy) => copy.GetRequiredService<AskClass>();

    /// <summary>A class that has begun, with everybody in it.</summary>
    private async Task<(TestLesson Lesson, Actor Teacher, Actor[] Pupils)> Begun(params string[] pupils)
    {
        var lesson = await service.Publish(0, pupils);
        var teacher = await Seat(lesson, "teacher", lesson.Teacher);
        (await Ask(service.Services).Note(lesson.ModuleId, teacher, new Begin(), Cancel)).Refused.ShouldBeFalse();
        var seats = new List<Actor>();
        foreach (var pupil in lesson.Pupils)
            seats.Add(await Seat(lesson, "family", pupil.Parent));
        return (lesson, teacher, [.. seats]);
    }

    private async Task<Actor> Seat(TestLesson lesson, string role, string email)
    {
        var link = await service.Join(lesson, role, email);
        using var browser = service.Client();
        using var entered = await browser.PostAsJsonAsync(
            "/classroom/enter",
            new { moduleId = lesson.ModuleId, ticket = link.Split('#')[1] },
            Cancel
        );
        var seat = await entered.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var participant = seat.GetProperty("participantId").GetGuid();
        (await Ask(service.Services).Arrive(lesson.ModuleId, participant, NewId(), Copy, Cancel)).Refused.ShouldBeFalse();
        return new Actor(participant, seat.GetProperty("role").GetString()!);
    }
}
