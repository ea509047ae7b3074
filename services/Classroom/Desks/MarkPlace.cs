namespace Stages.Classrooms.Desks;

/// <summary>Where a mark stands since it was moved: the same points elsewhere, or larger.</summary>
/// <param name="Moved">
/// How often it has been, as who moved it counts: the larger number is the later place, in whichever order they come, and of two who move
/// it at once the first stands.
/// </param>
public sealed record MarkPlace(Guid Id, int[] Points, int Width, int Moved)
{
    /// <summary>Of moves that were lost on their way; more would leave nobody a number.</summary>
    private const int FarthestAhead = 1000;

    /// <summary>Whether it is a place for this mark, as a mark drawn there would be sound.</summary>
    public bool IsFor(StrokeDrawn mark) =>
        Points.Length == mark.Points.Length
        && Moved > 0
        && Moved <= mark.Moved + FarthestAhead
        && BoardRules.IsSound(new Mark(mark.Id, Points, mark.Colour, Width, mark.Kind, mark.Text, mark.Picture));

    /// <summary>The mark there; itself where it has been moved since.</summary>
    public StrokeDrawn Of(StrokeDrawn mark) =>
        Moved > mark.Moved && Points.Length == mark.Points.Length ? mark with { Points = Points, Width = Width, Moved = Moved } : mark;
}
