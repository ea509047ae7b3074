using CsCheck;
using Shouldly;
using Stages.Classrooms.Attendance;
using Stages.Classrooms.Sessions;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>Classes of which nothing can be decided are not read: for most of their two hours, thousands at a time.</summary>
public sealed class WatchDueTests
{
    private static bool IsDue(double minute, double upSince = -60) =>
        WatchClass.IsDue(Module.StartsAt, Module.EndsAt, Minute(upSince), Minute(minute));

    /// <summary>Whoever looks only when something is due finds all that somebody who always looks would.</summary>
    [Fact]
    public void nothing_is_decided_of_a_class_that_is_not_due() =>
        Gen.Select(Gen.Double[-60, 100], Gen.Double[-14, 150], Gen.Double[-14, 150], Gen.Double[0.2, 4])
            .Sample(
                (upSince, teacherComes, linaComes, every) =>
                {
                    var events = new List<object>();
                    for (var minute = -15.0; minute < 130; minute += every)
                    {
                        if (minute - every < teacherComes && teacherComes <= minute)
                            events.AddRange(Stay(Teacher, teacherComes, null, role: ParticipantRole.Teacher));
                        if (minute - every < linaComes && linaComes <= minute)
                            events.AddRange(Stay(Lina, linaComes, null));
                        // While the service was down nobody looked.
                        if (minute < upSince)
                            continue;
                        var session = events.Count == 0 ? null : Class([.. events]);
                        var found = WatchClass.Decide(session, TheRoom, Module, Minute(upSince), Minute(minute)).Events;
                        if (!IsDue(minute, upSince))
                            found.ShouldBeEmpty($"after {minute} minutes");
                        events.AddRange(found.Where(e => e is not (ClassOpened or AttendanceMeasured)));
                    }
                },
                iter: 300
            );

    [Fact]
    public void most_of_an_hour_nothing_is_due() =>
        new[] { -5.0, 4, 5, 15, 24, 26, 60, 119, 121, 122, 300 }
            .Select(m => IsDue(m))
            .ShouldBe([false, false, true, true, true, false, false, false, false, true, true]);

    [Fact]
    public void an_outage_begins_the_time_anew() =>
        new[] { 60.0, 66, 75, 90 }.Select(m => IsDue(m, upSince: 61)).ShouldBe([false, true, true, false]);
}
