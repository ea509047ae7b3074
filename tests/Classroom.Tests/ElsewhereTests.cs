using System.Text.Json;
using Shouldly;
using Stages.Classrooms.Elsewhere;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>
/// A class held in BigBlueButton: seats are given at the door, presence is what is seen there, then what its report says.
/// </summary>
public sealed class ElsewhereTests
{
    private static readonly Joiner LinaJoins = new(ParticipantRole.Pupil, Parent, Lina);
    private static readonly SeatGiven LinasSeat = new(Participant(Lina), ParticipantRole.Pupil, Parent, Lina, Minute(0));

    private static IReadOnlySet<string> There(params Guid[] pupils) =>
        pupils.Select(p => Participant(p).ToString("N")).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static Decision Join(double minute, ClassSession? session = null) =>
        JoinClass.DecideElsewhere(session, TheRoom, Module, LinaJoins, Minute(minute));

    [Fact]
    public void the_first_one_opens_the_class_and_is_seated() =>
        Join(0).Events.ShouldBe([new ClassOpened(ModuleId, StageId, CampaignId), LinasSeat]);

    [Fact]
    public void who_has_a_seat_needs_no_second_one()
    {
        Join(0, Class()).Events.ShouldBe([LinasSeat]);
        Join(5, Class(LinasSeat)).Events.ShouldBeEmpty();
        Join(5, Class(LinasSeat)).Refusal.ShouldBeNull();
    }

    [Fact]
    public void hours_and_removal_count_there_too()
    {
        Join(-16).Refusal.ShouldBe(new TooEarly(Minute(-15)));
        Join(120).Refusal.ShouldBe(new Over());
        var removed = new ParticipantRemoved(Participant(Lina), Teacher, "shouts", false, Minute(20));
        Join(30, Class(LinasSeat, removed)).Refusal.ShouldBe(new RemovedFromClass());
    }

    [Fact]
    public void who_is_seen_arrives_and_who_is_no_longer_seen_leaves()
    {
        var arrived = Meetings.Seen(Class(LinasSeat), There(Lina, Noah), Minute(1)).Events.ShouldHaveSingleItem();
        arrived.ShouldBeOfType<ParticipantArrived>().ParticipantId.ShouldBe(Participant(Lina));
        var inside = Class(LinasSeat, arrived);
        Meetings.Seen(inside, There(Lina), Minute(2)).Events.ShouldBeEmpty();
        var connection = inside.SeatOf(Participant(Lina))!.Current!.ConnectionId;
        Meetings.Seen(inside, There(), Minute(3)).Events.ShouldBe([new ParticipantLeft(Participant(Lina), connection, Minute(3))]);
        Meetings.Seen(null, There(Lina), Minute(1)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void a_report_names_stays_and_one_without_an_end_lasts_until_now()
    {
        var events = Reported(
            $$"""[{"ext_user_id":"{{Participant(Lina):N}}","joins":["{{Minute(0):O}}","{{Minute(30):O}}"],"leaves":["{{Minute(20):O}}"]}]"""
        ).Events;
        var reported = events.ShouldHaveSingleItem().ShouldBeOfType<PresenceReported>();
        reported.Stays.ShouldBe([new ReportedStay(Minute(0), Minute(20)), new ReportedStay(Minute(30), Minute(125))]);
    }

    [Theory]
    [InlineData("""[{"ext_user_id":"somebody","joins":["2021-04-12T07:00:00Z"],"leaves":[]}]""")]
    [InlineData("""[{"ext_user_id":"LINA","joins":["yesterday", 1618210800, null],"leaves":[]}]""")]
    [InlineData("""[{"joins":["2021-04-12T07:00:00Z"]}]""")]
    [InlineData("""[{"ext_user_id":7}]""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    public void a_report_that_says_nothing_of_us_changes_nothing(string attendees) => Reported(attendees).Events.ShouldBeEmpty();

    private static Decision Reported(string attendees)
    {
        var lina = Participant(Lina).ToString("N");
        using var report = JsonDocument.Parse(
            $$"""{"data": {"attendees": {{attendees.Replace("LINA", lina, StringComparison.Ordinal)}} } }"""
        );
        return Meetings.Reported(Class(LinasSeat), report.RootElement.Clone(), Minute(125));
    }
}
