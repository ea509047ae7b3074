namespace Stages.Classrooms.Rooms;

/// <summary>A teacher is erased at their own request; their rooms stay, with nobody.</summary>
public static class ForgetTeacher
{
    public static Decision Decide(Room? room, Guid teacher, DateTimeOffset now) =>
        room?.Stage.TeacherId == teacher ? Decision.Of(new RoomTeacherForgotten(now)) : Decision.Nothing;
}
