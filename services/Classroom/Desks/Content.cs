namespace Stages.Classrooms.Desks;

// What is said and drawn in a class: held with the class and in one row of it (HeldTable), deleted as a whole thirty days after it.

/// <param name="To"><c>all</c>, or <c>teacher</c> for the teacher alone.</param>
/// <param name="Group">The small group in which it was said, whose members and teacher alone read it.</param>
public sealed record ChatSaid(Guid Id, Guid From, string To, int? Group, string Text, DateTimeOffset At);

/// <param name="Points">x, y in thousandths of the board's width, and pressure in percent, one after the other.</param>
public sealed record StrokeDrawn(Guid Id, Guid By, int[] Points, string Colour, int Width);
