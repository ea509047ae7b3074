using Shouldly;
using Stages.Classrooms.Attendance;
using Stages.Classrooms.Campaigns;
using Stages.Classrooms.Rooms;
using Stages.Classrooms.Sessions;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>A day's presence, summed over its modules.</summary>
public sealed class ReadDayTests
{
    private static readonly KnownCampaign Spring = new(
        CampaignId,
        1,
        "Printemps 2021",
        "Europe/Paris",
        [new("FR", "Français", ["6E"], "French")]
    );
    private static readonly ClassModule AModule = new(ModuleId, StageId, CampaignId, Start, Start.AddHours(2), 3, false);

    [Fact]
    public void minutes_of_teacher_and_pupils_are_summed_and_a_correction_counts()
    {
        var session = Class([
            .. Stay(Teacher, -5, 119, role: ParticipantRole.Teacher),
            .. Stay(Lina, 0, 120),
            .. Stay(Noah, 30, 60),
            new AttendanceCorrected(Noah, 60, "network", Teacher, Minute(121)),
        ]);
        var held = ReadDay.Describe(AModule, TheRoom, session, Spring, Minute(130));
        (held.TeacherMinutes, held.PupilsExpected, held.PupilsPresent, held.PupilMinutes, held.Status).ShouldBe((119, 2, 2, 180, "over"));
        var day = ReadDay.Sum(
            new DateOnly(2021, 4, 12),
            [held, held with { TeacherMinutes = 0, PupilsPresent = 0, PupilMinutes = 0 }],
            Minute(130)
        );
        (day.Modules, day.Held, day.TeacherMinutes, day.PupilMinutes, day.Rate).ShouldBe((2, 1, 119, 180, 0.375));
    }

    [Fact]
    public void while_a_module_runs_only_what_has_passed_is_expected()
    {
        var held = ReadDay.Describe(AModule, TheRoom, Class([.. Stay(Lina, 0, null), .. Stay(Noah, 0, null)]), Spring, Minute(30));
        ReadDay.Sum(new DateOnly(2021, 4, 12), [held], Minute(30)).Rate.ShouldBe(1);
    }

    [Fact]
    public void before_the_first_module_there_is_no_rate() =>
        ReadDay
            .Sum(new DateOnly(2021, 4, 12), [ReadDay.Describe(AModule, TheRoom, null, Spring, Minute(-60))], Minute(-60))
            .Rate.ShouldBeNull();
}
