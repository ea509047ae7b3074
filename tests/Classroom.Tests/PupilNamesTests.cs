using CsCheck;
using Shouldly;
using Stages.Classrooms.Families;
using Xunit;

namespace Stages.Classrooms.Tests;

public sealed class PupilNamesTests
{
    private static PupilFamily Pupil(int number, string name, string? initial) =>
        new(new Guid(number, 0, 0, new byte[8]), Guid.Empty, 1, name, [], initial);

    private static string[] Called(params (string Name, string? Initial)[] group)
    {
        var all = group.Select((p, i) => Pupil(i, p.Name, p.Initial)).ToArray();
        var names = PupilFamily.NamesOf(all);
        return [.. all.Select(p => names[p.Id])];
    }

    [Fact]
    public void an_initial_stands_where_two_have_one_given_name_and_nowhere_else()
    {
        Called(("Léa", "M"), ("Tom", "D")).ShouldBe(["Léa", "Tom"]);
        Called(("Léa", "M"), ("Lea", "D"), ("Tom", "M")).ShouldBe(["Léa M.", "Lea D.", "Tom"]);
        Called(("Ольга", "И"), ("Ольга", "П")).ShouldBe(["Ольга И.", "Ольга П."]);
    }

    [Fact]
    public void a_number_stands_where_an_initial_tells_nobody_apart()
    {
        Called(("Léa", "M"), ("Léa", "M")).ShouldBe(["Léa M. 1", "Léa M. 2"]);
        Called(("Léa", null), ("Léa", null), ("Léa", "M")).ShouldBe(["Léa 1", "Léa 2", "Léa M."]);
        Called(("", null), ("", null)).ShouldBe(["", ""]);
    }

    [Fact]
    public void the_teacher_keeps_their_name_and_no_pupil_is_called_alike()
    {
        PupilFamily[] group = [Pupil(0, "Claire", "M"), Pupil(1, "Tom", "D"), Pupil(2, "CLAIRE", null)];
        var names = PupilFamily.NamesOf(group, "Claire");
        group.Select(p => names[p.Id]).ShouldBe(["Claire M.", "Tom", "CLAIRE 2"]);
        PupilFamily.NamesOf([Pupil(0, "Claire", null)], "Tom").Values.ShouldBe(["Claire"]);
        PupilFamily.NamesOf([Pupil(0, "", null)], "").Values.ShouldBe([""]);
    }

    [Fact]
    public void no_two_of_a_group_are_called_alike()
    {
        var name = Gen.Int[0, 3].Select(i => new[] { "Léa", "LEA", "Tom", "Léa M." }[i]);
        var initial = Gen.Int[0, 2].Select(i => new[] { "M", "D", null }[i]);
        (from n in name from i in initial select (n, i))
            .Array[1, 8]
            .Sample(group =>
            {
                var called = Called(group);
                called.Distinct(StringComparer.Ordinal).Count().ShouldBe(called.Length);
            });
    }
}
