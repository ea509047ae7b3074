namespace Stages.Classrooms.Notes;

/// <summary>The notes of one small group: beside those of the class, written by its members and read by them and by adults.</summary>
/// <param name="Round">Of which drawing; the groups of another one have notes of their own.</param>
public sealed record GroupNotes(int Round, int Group)
{
    /// <summary>Under which they are kept, where those of a class have its module.</summary>
    public Guid IdIn(Guid module) => HashId.Of(IdSpace.GroupNotes, $"{module}/{Round}/{Group}");

    /// <summary>Null where they may be read: by adults also when the class is together again.</summary>
    public Refusal? MayRead(Desk? desk, Actor actor) =>
        desk?.Rounds?.FirstOrDefault(r => r.Number == Round) is not { } round || Group < 0 || Group >= round.Groups.Length ? new NotValid()
        : actor.Role != ParticipantRole.Pupil || IsMine(desk, actor) ? null
        : new NotPermitted();

    /// <summary>While the groups are there; what was written in one that is no more stands.</summary>
    public Refusal? MayWrite(Desk? desk, Actor actor) =>
        MayRead(desk, actor) ?? (desk!.Round == Round ? DeskRules.MayNote(desk, actor) : new NotValid());

    private bool IsMine(Desk desk, Actor actor) => desk.Round == Round && desk.GroupOf(actor.ParticipantId) == Group;
}
