using Shouldly;
using Stages.Classrooms.Campaigns;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Copies;
using Stages.Classrooms.Families;
using Stages.Classrooms.Handed;
using Stages.Classrooms.Placement;
using Stages.Classrooms.Recordings;
using Stages.Classrooms.Rooms;
using Stages.Classrooms.Sessions;
using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>What messages, beats and erasures are decided to leave behind, by value.</summary>
public sealed class WhatIsKeptTests
{
    private static readonly PupilFamily Family = new(Lina, CampaignId, 2, "Lina", [Parent, Teacher]);

    [Fact]
    public void a_newer_family_replaces_the_one_before()
    {
        Stored<PupilFamily>(PupilFamily.Keep(null, Told(1, "Lina", Parent))).FirstName.ShouldBe("Lina");
        Stored<PupilFamily>(PupilFamily.Keep(Family, Told(3, ""))).PersonIds.ShouldBeEmpty();
        PupilFamily.Keep(Family, Told(2, "Autre")).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_newer_campaign_replaces_the_one_before()
    {
        Stored<KnownCampaign>(KnownCampaign.Keep(null, Campaign(1))).Name.ShouldBe("Printemps 2021");
        var known = new KnownCampaign(CampaignId, 2, "Hiver", "Europe/Paris", []);
        Stored<KnownCampaign>(KnownCampaign.Keep(known, Campaign(3))).Version.ShouldBe(3);
        KnownCampaign.Keep(known, Campaign(2)).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void the_service_is_up_since_its_last_long_gap()
    {
        ServiceLife.Live(null, Minute(10)).ShouldBe(Up(Minute(10)));
        ServiceLife.Live(new ServiceLife(ServiceLife.Only, Start, Minute(9.9)), Minute(10)).ShouldBe(Up(Start));
        ServiceLife.Live(new ServiceLife(ServiceLife.Only, Start, Minute(9)), Minute(10)).ShouldBe(Up(Minute(10)));

        static ServiceLife Up(DateTimeOffset since) => new(ServiceLife.Only, since, Minute(10));
    }

    [Fact]
    public void who_was_connected_through_a_copy_that_died_is_no_longer()
    {
        var dead = Guid.CreateVersion7(Start);
        Door.Lose(Class(Stay(Lina, 0, null, dead)), dead, Minute(3), Minute(5))
            .ShouldBe(Decision.Of(new ConnectionsLost(dead, Minute(3), Minute(5))));
        Door.Lose(Class(Stay(Lina, 0, null, StageId)), dead, Minute(3), Minute(5)).ShouldBe(Decision.Nothing);
        Door.Lose(null, dead, Minute(3), Minute(5)).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void an_erased_guardian_takes_the_name_along_only_when_nobody_else_is_left()
    {
        Stored<PupilFamily>(People.Forget(Teacher, [Family], []))
            .ShouldSatisfyAllConditions(f => f.PersonIds.ShouldBe([Parent]), f => f.FirstName.ShouldBe("Lina"));
        Stored<PupilFamily>(People.Forget(Parent, [Family with { PersonIds = [Parent] }], [])).FirstName.ShouldBe("");
        People.Forget(Parent, [], []).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void an_erasure_takes_the_recordings_of_the_classes_attended()
    {
        var sql = People.Forget(Parent, [], [ModuleId]).Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Sql>();
        sql.Statement.ShouldBe(RecordingTable.Rows.DeleteOfModules);
        sql.Parameters.ShouldHaveSingleItem().ShouldBe(new[] { ModuleId });
    }

    [Fact]
    public void an_erased_teacher_is_named_by_no_room()
    {
        var teacher = TheRoom.Stage.TeacherId!.Value;
        var forgotten = ForgetTeacher.Decide(TheRoom, teacher, Minute(0)).Events.ShouldHaveSingleItem();
        var left = Room.Apply(forgotten.ShouldBeOfType<RoomTeacherForgotten>(), TheRoom);
        (left.Stage.TeacherId, left.Stage.TeacherFirstName).ShouldBe((null, ""));
        ForgetTeacher.Decide(left, teacher, Minute(0)).ShouldBe(Decision.Nothing);
        ForgetTeacher.Decide(null, teacher, Minute(0)).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void an_erased_pupil_takes_along_what_was_written_about_them_and_nobody_elses()
    {
        var session = Class([
            .. Stay(Lina, 0, null),
            .. Stay(Noah, 1, null),
            new ParticipantRemoved(Participant(Lina), Participant(Teacher), "crie", true, Minute(2)),
            new ParticipantRemoved(Participant(Noah), Participant(Teacher), "chante", true, Minute(3)),
            new AttendanceCorrected(Lina, 3, "partie", Teacher, Minute(4)),
        ]);
        Guid[] about = [Lina, Participant(Lina)];
        var decision = ForgetPupil.Decide(Lina, [session], Minute(9));
        var forgotten = decision.Effects[0].ShouldBeOfType<Effect.Append>();
        (forgotten.Stream, forgotten.Events.Single()).ShouldBe((ModuleId, new PupilForgotten(Lina, Participant(Lina), Minute(9))));
        var owed = decision.Effects[1].ShouldBeOfType<Effect.Store<MaskingOwed>>().Documents.ShouldHaveSingleItem();
        (owed.Id, owed.About!.SequenceEqual(about)).ShouldBe((ModuleId, true));
        var lines = decision.Effects[2].ShouldBeOfType<Effect.Sql>();
        lines.Statement.ShouldBe(HeldTable.ForgetWhatIsOf);
        lines.Parameters.ShouldBe([Participant(Lina), Participant(Lina), Participant(Lina), ModuleId]);

        var work = decision.Effects[3].ShouldBeOfType<Effect.Sql>();
        work.Statement.ShouldBe(FileTable.DeleteWorkOf);
        work.Parameters.ShouldBe([ModuleId, Participant(Lina)]);

        var left = ClassSession.Apply((PupilForgotten)forgotten.Events.Single(), session);
        left.Incidents.Select(i => i.Reason).ShouldBe(["", "chante"]);
        left.Corrections.ShouldHaveSingleItem().Note.ShouldBeNull();
        ForgetPupil.Decide(Lina, [], Minute(9)).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_class_is_placed_once_and_moves_only_from_a_server_that_is_gone()
    {
        var module = new ClassModule(ModuleId, StageId, CampaignId, Start, Start.AddHours(2), 6, false);
        Decision Place(ClassPlacement[] placed, params MediaNodeState[] states) =>
            Placements.Decide([module], placed, [], states, [Node("m1"), Node("m2")], Minute(-60));

        var first = Place([], new MediaNodeState("m2", true, null));
        var placement = first.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Insert<ClassPlacement>>().Documents.Single();
        placement.ShouldBe(new ClassPlacement(ModuleId, "m1", Start - JoinClass.Early, Start.AddHours(2), 6));
        Place([placement]).ShouldBe(Decision.Nothing);
        Stored<ClassPlacement>(Place([placement], new MediaNodeState("m1", false, Minute(-61)))).Node.ShouldBe("m2");
    }

    private static T Stored<T>(Decision decision)
        where T : notnull => decision.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Store<T>>().Documents.ShouldHaveSingleItem();

    private static MediaNodeOptions Node(string name) => new() { Name = name, Capacity = 100 };

    private static EnrolmentFamily Told(long version, string firstName, params Guid[] persons) =>
        new(Lina, CampaignId, version, firstName, persons);

    private static CampaignChanged Campaign(long version) =>
        new(
            CampaignId,
            version,
            "Printemps 2021",
            "Montpellier",
            "C",
            "Europe/Paris",
            [],
            [],
            120,
            [],
            Start,
            Start,
            [],
            [],
            new CampaignRules()
        );
}
