namespace Stages.Classrooms.Desks;

/// <summary>
/// Who may write to whom, and who reads it: all to all, a pupil to the teacher, the teacher to one pupil. Never one pupil to another:
/// nothing is said in class that no adult sees. Pure.
/// </summary>
public static class ChatRules
{
    public const string All = "all";
    public const string Teacher = "teacher";

    /// <summary>Whether this line may be said; null when it may.</summary>
    /// <param name="to"><c>all</c>, <c>teacher</c>, or the id of the pupil for whom alone it is.</param>
    public static Refusal? MaySay(Desk? desk, ClassSession? session, Actor by, string text, string to)
    {
        if (text.Trim().Length is 0 or > DeskRules.LongestText)
            return new NotValid();
        return to switch
        {
            All => !by.IsTeacher && desk?.Permissions.Chat == false ? new NotPermitted() : null,
            // Always goes through: a pupil must be able to call for help.
            Teacher => null,
            _ when !by.IsTeacher => new TeacherOnly(),
            _ => session?.SeatOf(Named(to) ?? Guid.Empty) is { Role: ParticipantRole.Pupil, Removed: false } ? null : new NotValid(),
        };
    }

    /// <summary>As it is kept: one way of writing an id, whichever the page sent.</summary>
    public static string Address(string to) => Named(to)?.ToString() ?? to;

    /// <summary>At every way to a page: as it is said, on coming back, and after a copy has died.</summary>
    public static bool Reads(Desk? desk, Actor reader, ChatSaid line) =>
        line.From == reader.ParticipantId
        || line.To switch
        {
            All => reader.IsTeacher
                || (line.Group is null || reader.Role != ParticipantRole.Pupil || desk?.GroupOf(reader.ParticipantId) == line.Group),
            Teacher => reader.IsTeacher,
            _ => Named(line.To) == reader.ParticipantId,
        };

    /// <summary>Said by them, or to them alone: it is forgotten with them.</summary>
    public static bool IsOf(ChatSaid line, Guid participant) => line.From == participant || Named(line.To) == participant;

    /// <summary>The one for whom alone it is; null when it is for all, or for the teacher.</summary>
    public static Guid? Named(string to) => Guid.TryParseExact(to, "D", out var id) ? id : null;
}
