using System.Security.Cryptography;

namespace Stages.Classrooms.Desks;

/// <summary>Small groups: drawn, changed by the teacher, joined by who comes late.</summary>
public static class GroupRules
{
    public const int Fewest = 2;

    public const int Most = 4;

    /// <summary>As even as can be, and nobody alone; who is left over makes the last groups larger.</summary>
    /// <param name="lot">Decides who meets whom: asked twice with the same, they are the same.</param>
    public static Decision Draw(Desk? desk, Guid module, Actor actor, Guid[] pupils, int size, Guid lot)
    {
        if (!actor.IsTeacher)
            return new TeacherOnly();
        var many = pupils.Length;
        if (size is < Fewest or > Most || many < Fewest || pupils.Distinct().Count() != many)
            return new NotValid();
        var drawn = pupils.OrderBy(p => Convert.ToHexString(SHA256.HashData([.. lot.ToByteArray(), .. p.ToByteArray()]))).ToArray();
        var count = Math.Min((many + size - 1) / size, many / Fewest);
        return DeskRules.On(
            desk,
            module,
            new PairsFormed([.. Enumerable.Range(0, count).Select(i => drawn[(i * many / count)..((i + 1) * many / count)])])
        );
    }

    /// <param name="group">One of those that there are, or the next: a new one.</param>
    public static Decision Move(Desk? desk, Actor actor, Guid whom, int group) =>
        !actor.IsTeacher ? new TeacherOnly()
        : desk is not { Groups.Length: > 0 } || group < 0 || group > desk.Groups.Length ? new NotValid()
        : desk.GroupOf(whom) == group ? Decision.Nothing
        : group < desk.Groups.Length && desk.Groups[group].Length >= Most ? new NotValid()
        : Decision.Of(new GroupJoined(whom, group));

    /// <summary>Who is in class and in no group goes to where the fewest are, rather than hear nobody.</summary>
    public static IReadOnlyList<object> Latecomers(Desk? desk, ClassSession? session)
    {
        if (desk is not { Groups.Length: > 0 } || session is null)
            return [];
        var there = session
            .Seats.Where(s => s is { Role: ParticipantRole.Pupil, Current: not null } && session.IsInside(s))
            .Select(s => s.ParticipantId)
            .ToHashSet();
        var sizes = desk.Groups.Select(g => g.Count(there.Contains)).ToArray();
        var joined = new List<object>();
        foreach (var one in there.Where(p => desk.GroupOf(p) is null).Order())
        {
            var fewest = Array.IndexOf(sizes, sizes.Min());
            sizes[fewest]++;
            joined.Add(new GroupJoined(one, fewest));
        }
        return joined;
    }
}
