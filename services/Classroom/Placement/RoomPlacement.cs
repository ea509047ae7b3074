namespace Stages.Classrooms.Placement;

/// <summary>A media server as placement sees it.</summary>
/// <param name="Capacity">Participants that it carries well; loads are compared in proportion to it.</param>
/// <param name="Accepts">False while it drains or does not answer: what it holds is placed elsewhere.</param>
public sealed record NodeToFill(string Node, double Capacity, bool Accepts = true);

/// <param name="From">When people can come: a quarter of an hour before the module.</param>
/// <param name="Expected">Participants.</param>
/// <param name="Node">Where it was placed before; kept as long as that server accepts rooms.</param>
public sealed record ClassToPlace(Guid ModuleId, DateTimeOffset From, DateTimeOffset To, int Expected, string? Node = null);

/// <param name="Participants">Of all classes that stay there from then to then.</param>
public sealed record LoadOnNode(string Node, DateTimeOffset From, DateTimeOffset To, int Participants, int Classes = 1);

/// <summary>
/// Gives each class a media server, ahead of time and with the timetable in hand. Pure and repeatable.
/// </summary>
/// <remarks>
/// Every class that overlaps another one in time competes with it, so a server's load is its highest sum of participants at any
/// moment of the new class. Largest first onto the server that stays lowest (Graham's rule): at most a third above the optimum in
/// theory, well under one percent with hundreds of small classes. What is placed stays, so that nobody is moved out of a
/// running class for the sake of evenness.
/// </remarks>
public static class RoomPlacement
{
    /// <returns>The server of every class; empty when no server accepts rooms.</returns>
    /// <param name="held">What stays where it is, beside these classes.</param>
    public static IReadOnlyDictionary<Guid, string> Place(
        IReadOnlyCollection<ClassToPlace> classes,
        IReadOnlyCollection<NodeToFill> nodes,
        IReadOnlyCollection<LoadOnNode>? held = null
    )
    {
        var open = nodes.Where(n => n.Accepts && n.Capacity > 0).OrderBy(n => n.Node, StringComparer.Ordinal).ToArray();
        var placed = new Dictionary<Guid, string>();
        if (open.Length == 0)
            return placed;

        // Loads change only when a class begins or ends: one number for each span between two such moments.
        var moments = classes
            .SelectMany(c => new[] { c.From, c.To })
            .Concat((held ?? []).SelectMany(h => new[] { h.From, h.To }))
            .Distinct()
            .Order()
            .ToArray();
        var loads = open.ToDictionary(n => n.Node, _ => new double[moments.Length], StringComparer.Ordinal);
        (int First, int End) Spans(DateTimeOffset from, DateTimeOffset to) =>
            (Array.BinarySearch(moments, from), Array.BinarySearch(moments, to));
        void Load(string node, DateTimeOffset from, DateTimeOffset to, int participants)
        {
            var (first, end) = Spans(from, to);
            for (var i = first; i < end; i++)
                loads[node][i] += participants;
        }
        void Add(ClassToPlace c, string node)
        {
            Load(node, c.From, c.To, c.Expected);
            placed[c.ModuleId] = node;
        }

        foreach (var h in (held ?? []).Where(h => loads.ContainsKey(h.Node)))
            Load(h.Node, h.From, h.To, h.Participants);

        foreach (var c in classes.Where(c => c.Node is not null && loads.ContainsKey(c.Node)))
            Add(c, c.Node!);

        // The id settles ties, so that two copies of the service come to the same answer.
        foreach (
            var c in classes
                .Where(c => !placed.ContainsKey(c.ModuleId))
                .OrderByDescending(c => c.Expected)
                .ThenBy(c => c.From)
                .ThenBy(c => c.ModuleId)
        )
        {
            var (first, end) = Spans(c.From, c.To);
            Add(c, open.MinBy(n => (Peak(loads[n.Node], first, end) + c.Expected) / n.Capacity)!.Node);
        }
        return placed;
    }

    private static double Peak(double[] load, int first, int end)
    {
        var peak = 0.0;
        for (var i = first; i < end; i++)
            peak = Math.Max(peak, load[i]);
        return peak;
    }
}
