using System.Text.Json.Serialization;

namespace Stages.Classrooms.Desks;

// What is said and drawn in a class: held with the class and in one row of it (HeldTable), deleted as a whole thirty days after it.

/// <param name="To"><c>all</c>, <c>teacher</c> for the teacher alone, or the id of the pupil for whom alone it is.</param>
/// <param name="Group">The small group in which it was said, whose members and teacher alone read it.</param>
public sealed record ChatSaid(Guid Id, Guid From, string To, int? Group, string Text, DateTimeOffset At)
{
    /// <summary>Of a group that is no more.</summary>
    public const int OfGroupBefore = -1;
}

/// <summary>Something on a sheet: a line of the pen, a straight line, a shape or a text.</summary>
/// <param name="Points">
/// x, y in thousandths of the sheet's width, and pressure in percent, one after the other; of a text where it begins, of a shape two
/// corners.
/// </param>
/// <param name="Width">Of a text how high its letters are.</param>
/// <param name="Sheet">Where it is (<see cref="Sheets"/>).</param>
/// <param name="Kind">One of <see cref="BoardRules.Kinds"/>.</param>
/// <param name="Text">What is written; of a picture what is to be seen on it, for who does not see it.</param>
/// <param name="Picture">Which (<see cref="Documents.Pages"/>).</param>
/// <param name="Moved">How often it was moved (<see cref="MarkPlace"/>).</param>
public sealed record StrokeDrawn(
    Guid Id,
    Guid By,
    int[] Points,
    string Colour,
    int Width,
    string Sheet = Sheets.First,
    string Kind = "pen",
    string? Text = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Moved = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Guid? Picture = null
);
