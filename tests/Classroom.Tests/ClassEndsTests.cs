using CsCheck;
using Shouldly;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>A class ends for everybody at once, and children are not left among themselves.</summary>
public sealed class ClassEndsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly DateTimeOffset Closes = Module.EndsAt + EnterClass.Goodbye;
    private static readonly Actor Claire = new(Participant(Teacher), ParticipantRole.Teacher);
    private static readonly Actor LinaThere = new(Participant(Lina), ParticipantRole.Pupil);

    private static readonly ClassSession Running = Class([
        .. Stay(Teacher, 0, null, role: ParticipantRole.Teacher),
        .. Stay(Lina, 1, null),
        new ClassBegun(Minute(2)),
    ]);

    private static ClassSession After(ClassSession session, Decision decision) =>
        decision.Events.Aggregate(session, (s, e) => (ClassSession)ClassSession.Apply((dynamic)e, s));

    private static bool IsInside(ClassSession session, Guid who) => session.SeatOf(Participant(who)) is { } seat && session.IsInside(seat);

    [Fact]
    public void the_teacher_ends_it_once_for_everybody()
    {
        Door.End(Running, LinaThere, Minute(30)).Refusal.ShouldBe(new TeacherOnly());
        var end = Door.End(Running, Claire, Minute(30));
        end.Events.ShouldBe([new ClassEnded(Claire.ParticipantId, Minute(30))]);
        var ended = After(Running, end);
        ended.Seats.ShouldAllBe(s => s.Current == null && s.Presences.Last().To == Minute(30));
        (ended.Begun, ended.EndedAt, IsInside(ended, Lina)).ShouldBe((false, Minute(30), false));
        Door.End(ended, Claire, Minute(30)).Events.ShouldBeEmpty();
        Door.End(null, Claire, Minute(30)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void what_was_ended_by_mistake_is_opened_again()
    {
        var ended = After(Running, Door.End(Running, Claire, Minute(30)));
        var back = After(After(ended, Arrive(ended, Teacher, 31)), Arrive(ended, Lina, 31));
        IsInside(back, Lina).ShouldBeFalse();
        var begun = After(back, Door.Begin(back, Claire, 2, Minute(32)));
        (begun.EndedAt, IsInside(begun, Lina)).ShouldBe((null, true));
    }

    [Fact]
    public void pupils_without_an_adult_wait_outside_and_are_in_again_with_the_first_who_comes()
    {
        var alone = After(Running, Leave(Running, Teacher, 40));
        Door.Watch(alone, Closes, Patience, Minute(41.9)).Events.ShouldBeEmpty();
        var paused = After(alone, Door.Watch(alone, Closes, Patience, Minute(42)));
        IsInside(paused, Lina).ShouldBeFalse();
        Door.Watch(paused, Closes, Patience, Minute(43)).Events.ShouldBeEmpty();
        // Who comes meanwhile waits with them.
        var more = After(paused, Arrive(paused, Noah, 43, then: Stay(Noah, 43, null)));
        IsInside(more, Noah).ShouldBeFalse();
        var back = After(more, Arrive(more, Teacher, 44));
        (IsInside(back, Lina), IsInside(back, Noah)).ShouldBe((true, true));
    }

    [Fact]
    public void a_class_that_has_not_begun_or_is_empty_is_left_as_it_is()
    {
        Door.Watch(null, Closes, Patience, Minute(500)).Events.ShouldBeEmpty();
        Door.Watch(Class(Stay(Lina, 0, null)), Closes, Patience, Minute(60)).Events.ShouldBeEmpty();
        Door.Watch(Class(Stay(Lina, 0, 5)), Closes, Patience, Minute(500)).Events.ShouldBeEmpty();
    }

    private enum Step
    {
        TeacherComes,
        TeacherGoes,
        LinaComes,
        LinaGoes,
        NoahComes,
        NoahGoes,
        Begin,
        End,
        Lock,
    }

    /// <summary>Whatever they do in whatever order, when the class was just looked at.</summary>
    [Fact]
    public void no_child_is_alone_for_long_and_nobody_is_there_after_the_hour() =>
        Gen.Select(Gen.Enum<Step>(), Gen.Double[0.1, 9])
            .Array[1, 60]
            .Sample(steps =>
            {
                var (session, minute) = (Class(), 0.0);
                foreach (var (step, passes) in steps)
                {
                    minute += passes;
                    session = After(session, Door.Watch(session, Closes, Patience, Minute(minute)));
                    var alone = session.WithoutAdultSince is { } since && Minute(minute) - since >= Patience;
                    foreach (var pupil in new[] { Lina, Noah })
                        if (alone && session.SeatOf(Participant(pupil))?.Current is not null)
                            IsInside(session, pupil).ShouldBeFalse();
                    if (Minute(minute) >= Closes)
                        session.Seats.ShouldAllBe(s => s.Current == null);
                    session = Take(session, step, minute);
                    if (session.Seats.Any(s => s.IsAdult && s.Current is not null))
                        session.Paused.ShouldBeFalse();
                }
            });

    private static ClassSession Take(ClassSession session, Step step, double minute) =>
        step switch
        {
            Step.TeacherComes => After(session, Come(session, Teacher, minute, ParticipantRole.Teacher)),
            Step.LinaComes => After(session, Come(session, Lina, minute)),
            Step.NoahComes => After(session, Come(session, Noah, minute)),
            Step.TeacherGoes => After(session, Leave(session, Teacher, minute)),
            Step.LinaGoes => After(session, Leave(session, Lina, minute)),
            Step.NoahGoes => After(session, Leave(session, Noah, minute)),
            Step.Begin => After(session, Door.Begin(session, Claire, 2, Minute(minute))),
            Step.End => After(session, Door.End(session, Claire, Minute(minute))),
            _ => After(session, Door.Lock(session, Claire, true, Minute(minute))),
        };

    private static Decision Come(ClassSession session, Guid who, double minute, string role = ParticipantRole.Pupil) =>
        Minute(minute) >= Module.EndsAt
            ? Decision.Nothing
            : Arrive(session, who, minute, then: session.SeatOf(Participant(who)) is null ? Stay(who, minute, null, role: role) : null);

    /// <param name="then">Of somebody who has no seat yet: all that leads to it.</param>
    private static Decision Arrive(ClassSession session, Guid who, double minute, object[]? then = null) =>
        then is not null
            ? Decision.Of(then)
            : Door.Arrive(session, Participant(who), Guid.CreateVersion7(Minute(minute)), Guid.Empty, 2, Minute(minute));

    private static Decision Leave(ClassSession session, Guid who, double minute) =>
        session.SeatOf(Participant(who))?.Current is { } current
            ? Door.Leave(session, Participant(who), current.ConnectionId, Minute(minute))
            : Decision.Nothing;
}
