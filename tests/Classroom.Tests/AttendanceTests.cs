using Shouldly;
using Stages.Api.Classroom;
using Stages.Classrooms.Attendance;
using Stages.Classrooms.Rooms;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

public sealed class AttendanceTests
{
    private static readonly Guid Copy = Guid.Parse("01900000-0000-7000-8000-0000000000aa");

    private static int MinutesOfLina(params object[] events) => PresenceTime.MinutesOf(Class(events), Lina, Module.StartsAt, Module.EndsAt);

    [Fact]
    public void waiting_before_the_start_and_staying_after_the_end_count_for_nothing() => MinutesOfLina(Stay(Lina, -10, 130)).ShouldBe(120);

    [Fact]
    public void a_break_is_not_presence() => MinutesOfLina([.. Stay(Lina, 0, 30), .. Stay(Lina, 45, 120)]).ShouldBe(105);

    [Fact]
    public void a_second_tab_counts_once() => MinutesOfLina([.. Stay(Lina, 0, null), .. Stay(Lina, 20, 60)]).ShouldBe(60);

    [Fact]
    public void an_outage_of_ours_is_no_absence() =>
        MinutesOfLina([.. Stay(Lina, 0, null, Copy), new ConnectionsLost(Copy, Minute(30), Minute(31)), .. Stay(Lina, 50, 120)])
            .ShouldBe(120);

    [Fact]
    public void who_does_not_come_back_after_an_outage_was_there_until_it_was_noticed() =>
        MinutesOfLina([.. Stay(Lina, 0, null, Copy), new ConnectionsLost(Copy, Minute(30), Minute(31))]).ShouldBe(31);

    [Fact]
    public void a_late_goodbye_of_an_old_connection_ends_nothing()
    {
        var first = Stay(Lina, 0, 30);
        MinutesOfLina([.. first[..3], .. Stay(Lina, 20, null), first[3]]).ShouldBe(120);
    }

    [Fact]
    public void a_teacher_who_has_not_come_after_five_minutes_is_missing() =>
        WatchClass
            .Decide(null, TheRoom, Module, Minute(-60), Minute(5))
            .Events.ShouldBe([new ClassOpened(ModuleId, StageId, CampaignId), new TeacherFoundMissing(Minute(5))]);

    [Fact]
    public void before_five_minutes_nobody_is_alarmed() =>
        WatchClass.Decide(null, TheRoom, Module, Minute(-60), Minute(4.9)).Events.ShouldBeEmpty();

    [Fact]
    public void while_nobody_could_come_nobody_was_missing() =>
        WatchClass.Decide(null, TheRoom, Module, Minute(10), Minute(14)).Events.ShouldBeEmpty();

    [Fact]
    public void a_family_is_told_once_after_a_quarter_of_an_hour()
    {
        var session = Class([.. Stay(Teacher, -5, null, role: ParticipantRole.Teacher), .. Stay(Lina, -14, null)]);
        WatchClass.Decide(session, TheRoom, Module, Minute(-60), Minute(15)).Events.ShouldBe([new PupilFoundMissing(Noah, Minute(15))]);
        var told = ClassSession.Apply(new PupilFoundMissing(Noah, Minute(15)), session);
        WatchClass.Decide(told, TheRoom, Module, Minute(-60), Minute(16)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void who_came_early_and_left_before_the_start_has_not_come() =>
        WatchClass
            .Decide(
                Class([.. Stay(Teacher, 0, null, role: ParticipantRole.Teacher), .. Stay(Noah, 0, null), .. Stay(Lina, -14, -10)]),
                TheRoom,
                Module,
                Minute(-60),
                Minute(15)
            )
            .Events.ShouldBe([new PupilFoundMissing(Lina, Minute(15))]);

    [Fact]
    public void after_the_end_everybody_is_measured_once()
    {
        var session = Class(Stay(Lina, 0, 60));
        var events = WatchClass.Decide(session, TheRoom, Module, Minute(-60), Minute(122)).Events;
        events.ShouldBe([
            new AttendanceMeasured(Lina, 60, Minute(122)),
            new AttendanceMeasured(Noah, 0, Minute(122)),
            new ClassClosed(Minute(122)),
        ]);
        WatchClass
            .Decide(ClassSession.Apply(new ClassClosed(Minute(122)), session), TheRoom, Module, Minute(-60), Minute(130))
            .Events.ShouldBeEmpty();
    }

    [Fact]
    public void a_correction_names_pupils_of_the_group_and_no_more_minutes_than_the_module_has()
    {
        var module = new Stages.Classrooms.Rooms.ClassModule(ModuleId, StageId, CampaignId, Module.StartsAt, Module.EndsAt, 3, false);
        var request = new CorrectAttendanceRequest([new PupilMinutes(Lina, 121), new PupilMinutes(Teacher, 10)]);
        CorrectAttendance
            .Decide(null, TheRoom, module, request, Claire, Minute(60))
            .Refusal!.Errors!.Keys.ShouldBe(["pupils[0].minutesPresent", "pupils[1].enrolmentId"]);
        CorrectAttendance
            .Decide(
                Class(),
                TheRoom,
                module,
                new CorrectAttendanceRequest([new PupilMinutes(Lina, 90, "camera failed")]),
                Claire,
                Minute(60)
            )
            .Events.ShouldBe([new AttendanceCorrected(Lina, 90, "camera failed", Teacher, Minute(60))]);
    }

    private static readonly Caller Claire = new(Teacher, Roles.Teacher, null, null, null);

    /// <summary>Lina is of the Hérault, Noah of the Gard.</summary>
    [Theory]
    [InlineData(null, true, true)]
    [InlineData("034", true, false)]
    [InlineData("030", false, true)]
    [InlineData("066", false, false)]
    public void a_coordinator_reads_and_corrects_what_is_written_about_pupils_of_their_territory(string? territory, bool lina, bool noah)
    {
        var coordinator = new Caller(Parent, Roles.Coordinator, null, null, territory);
        var module = new Stages.Classrooms.Rooms.ClassModule(ModuleId, StageId, CampaignId, Module.StartsAt, Module.EndsAt, 3, false);
        bool Corrects(params Guid[] pupils) =>
            CorrectAttendance
                .Decide(null, TheRoom, module, new([.. pupils.Select(p => new PupilMinutes(p, 60))]), coordinator, Minute(60))
                .Refusal
                is null;
        (TheRoom.Tells(coordinator, Lina), TheRoom.Tells(coordinator, Noah)).ShouldBe((lina, noah));
        (Corrects(Lina), Corrects(Noah), Corrects(Lina, Noah)).ShouldBe((lina, noah, lina && noah));
        // Of whoever has left the group, and whose school is not known here any more, they write nothing.
        TheRoom.Tells(coordinator, Parent).ShouldBe(territory is null);
    }
}
