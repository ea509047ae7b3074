using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Shouldly;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>A class in memory becomes what its log says; and what is asked of it arrives at another copy as it was said.</summary>
public sealed class FoldTests
{
    [Fact]
    public void every_event_that_changes_a_class_or_its_desk_does_so_in_memory_too()
    {
        foreach (var e in AppliedBy<ClassSession>())
            Known(() => Class().After([e]), e);
        foreach (var e in AppliedBy<Desk>().Where(e => e is not NotesChanged))
            Known(() => Desk.Create(new DeskSet(ModuleId)).After([e]), e);
        Should.Throw<NotSupportedException>(() => Class().After(["?"]));
    }

    [Fact]
    public void in_memory_a_class_is_what_its_events_make_of_it()
    {
        object[] events = [.. Stay(Lina, 0, null), .. Stay(Teacher, 1, null, role: ParticipantRole.Teacher), new ClassBegun(Minute(2))];
        var one = Class(events);
        var other = events.Aggregate(ClassSession.Create(new ClassOpened(one.Id, one.StageId, one.CampaignId)), (s, e) => s.After([e])!);
        JsonSerializer.Serialize(other).ShouldBe(JsonSerializer.Serialize(one));
    }

    /// <summary>Refusals are said from copy to copy: each arrives as the one it was.</summary>
    [Fact]
    public void a_refusal_arrives_as_it_was_said()
    {
        Refusal[] some = [new TooEarly(Minute(3)), new NotNow(), new NoSuchSeat(), new BoardFull(), new StaleVersion(7)];
        foreach (var refusal in some)
            JsonSerializer.Deserialize(JsonSerializer.Serialize(refusal, refusal.GetType()), refusal.GetType()).ShouldBe(refusal);
    }

    private static object[] AppliedBy<T>() =>
        [
            .. typeof(T)
                .GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Where(m => m.Name == "Apply")
                .Select(m => RuntimeHelpers.GetUninitializedObject(m.GetParameters()[0].ParameterType)),
        ];

    /// <summary>That an empty event makes no sense does not matter here.</summary>
    private static void Known(Action fold, object e)
    {
        try
        {
            fold();
        }
        catch (NotSupportedException)
        {
            Assert.Fail($"{e.GetType().Name} is unknown in memory: Classes/Fold.cs");
        }
        catch (Exception)
        {
            // Known.
        }
    }
}
