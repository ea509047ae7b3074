using CsCheck;
using Shouldly;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

public sealed class ChatRulesTests
{
    private static readonly Actor Claire = new(Participant(Teacher), ParticipantRole.Teacher);
    private static readonly Actor LinaThere = new(Participant(Lina), ParticipantRole.Pupil);
    private static readonly Actor NoahThere = new(Participant(Noah), ParticipantRole.Pupil);
    private static readonly Actor Visitor = new(Participant(Parent), ParticipantRole.Coordinator);
    private static readonly ClassSession Session = Class([
        .. Stay(Teacher, 0, null, role: ParticipantRole.Teacher),
        .. Stay(Lina, 1, null),
        .. Stay(Noah, 1, 2),
    ]);

    private static Refusal? Say(Actor by, string to, Desk? desk = null, ClassSession? session = null) =>
        ChatRules.MaySay(desk, session ?? Session, by, "oui", to);

    [Fact]
    public void a_pupil_can_always_write_to_the_teacher()
    {
        var desk = Desk.Apply(new PermissionsSet(Desk.AllPermitted with { Chat = false }), Desk.Create(new DeskSet(ModuleId)));
        Say(LinaThere, "all", desk).ShouldBe(new NotPermitted());
        Say(LinaThere, "teacher", desk).ShouldBeNull();
        Say(Claire, "all", desk).ShouldBeNull();
        ChatRules.MaySay(desk, Session, LinaThere, new string('a', DeskRules.LongestText + 1), "teacher").ShouldBe(new NotValid());
    }

    [Fact]
    public void the_teacher_alone_writes_to_one_and_only_to_a_pupil_of_the_class()
    {
        string Id(Actor of) => of.ParticipantId.ToString();
        Say(Claire, Id(LinaThere)).ShouldBeNull();
        // Who has left for a moment reads it on coming back.
        Say(Claire, Id(NoahThere)).ShouldBeNull();
        foreach (var other in new[] { LinaThere, Visitor })
        foreach (var to in new[] { Id(NoahThere), Id(LinaThere), Id(Claire), "everybody", "" })
            Say(other, to).ShouldBe(new TeacherOnly());
        foreach (var to in new[] { Id(Claire), Guid.Empty.ToString(), Lina.ToString(), "nobody" })
            Say(Claire, to).ShouldBe(new NotValid());
        var without = Session.After([new ParticipantRemoved(NoahThere.ParticipantId, Claire.ParticipantId, "", false, Minute(5))]);
        Say(Claire, Id(NoahThere), session: without).ShouldBe(new NotValid());
    }

    [Fact]
    public void what_is_for_one_is_read_by_two()
    {
        Actor[] all = [Claire, LinaThere, NoahThere, Visitor];
        var group = Gen.Int[-1, 1].Select(g => g < 0 ? (int?)null : g);
        (from g in @group from apart in Gen.Bool from to in Gen.Int[0, 3] select (g, apart, to)).Sample(x =>
        {
            var desk = Desk.Create(new DeskSet(ModuleId));
            if (x.apart)
                desk = Desk.Apply(
                    new PairsFormed([
                        [LinaThere.ParticipantId],
                        [NoahThere.ParticipantId],
                    ]),
                    desk
                );
            var (from, to) =
                x.to == 3 ? (LinaThere, "teacher") : (Claire, ChatRules.Address($"{all[x.to].ParticipantId}".ToUpperInvariant()));
            var line = new ChatSaid(Guid.Empty, from.ParticipantId, to, x.g, "oui", Start);
            var readers = all.Where(a => ChatRules.Reads(desk, a, line));
            readers.ShouldBe(all.Where(a => a == Claire || a == (x.to == 3 ? LinaThere : all[x.to])));
        });
    }
}
