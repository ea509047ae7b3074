using Shouldly;
using Stages.Classrooms.Families;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

public sealed class JoinClassTests
{
    private static readonly Joiner LinaJoins = new(ParticipantRole.Pupil, Parent, Lina);

    private static Decision Join(double minute, ClassSession? session = null) =>
        JoinClass.Decide(session, TheRoom, Module, LinaJoins, "hash", Minute(minute));

    [Fact]
    public void the_door_opens_a_quarter_of_an_hour_before_the_start() =>
        Join(-15)
            .Events.ShouldBe([
                new ClassOpened(ModuleId, StageId, CampaignId),
                new TicketIssued("hash", Participant(Lina), ParticipantRole.Pupil, Parent, Lina, Minute(-10), Minute(-15)),
            ]);

    [Fact]
    public void before_that_it_is_too_early() => Join(-15.01).Refusal.ShouldBe(new TooEarly(Minute(-15)));

    [Fact]
    public void at_the_end_it_is_over() => Join(120).Refusal.ShouldBe(new Over());

    [Fact]
    public void who_was_removed_gets_no_ticket_until_pardoned()
    {
        var removed = new ParticipantRemoved(Participant(Lina), Teacher, "shouts", false, Minute(20));
        Join(30, Class([.. Stay(Lina, 0, null), removed])).Refusal.ShouldBe(new RemovedFromClass());
        Join(30, Class([.. Stay(Lina, 0, null), removed, new ParticipantPardoned(Participant(Lina), Teacher, Minute(25))]))
            .Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData(Roles.Teacher)]
    [InlineData(Roles.Family)]
    public void a_stranger_is_recognised_by_nobody(string role) =>
        JoinClass
            .Recognise(
                new Caller(Guid.Empty, role, null, null, null),
                TheRoom,
                [new PupilFamily(Lina, CampaignId, 1, "Lina", [Parent])],
                null
            )
            .Refusal.ShouldBe(new NotOfThisClass());

    [Fact]
    public void a_parent_of_two_says_which_child_joins()
    {
        PupilFamily[] both = [new(Lina, CampaignId, 1, "Lina", [Parent]), new(Noah, CampaignId, 1, "Noah", [Parent])];
        var parent = new Caller(Parent, Roles.Family, null, null, null);
        JoinClass.Recognise(parent, TheRoom, both, null).Refusal.ShouldBeOfType<WhichPupil>();
        JoinClass.Recognise(parent, TheRoom, both, Noah).Joiner.ShouldBe(new Joiner(ParticipantRole.Pupil, Parent, Noah));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("034", true)]
    [InlineData("0300002B", true)]
    [InlineData("048", false)]
    public void a_coordinator_looks_into_classes_with_pupils_of_their_territory(string? territory, bool seen) =>
        (JoinClass.Recognise(new Caller(Parent, Roles.Coordinator, null, null, territory), TheRoom, [], null).Joiner is not null).ShouldBe(
            seen
        );
}
