using Stages.Classrooms.Rooms;
using Stages.Classrooms.Sessions;

namespace Stages.Classrooms.Tests;

/// <summary>A stage of the spring of 2021 with two pupils, and the fold of a class's events.</summary>
internal static class Given
{
    public static readonly Guid StageId = Guid.Parse("01900000-0000-7000-8000-000000000001");
    public static readonly Guid CampaignId = Guid.Parse("01900000-0000-7000-8000-000000000002");
    public static readonly Guid ModuleId = Guid.Parse("01900000-0000-7000-8000-000000000003");
    public static readonly Guid Teacher = Guid.Parse("01900000-0000-8000-8000-000000000004");
    public static readonly Guid Parent = Guid.Parse("01900000-0000-8000-8000-000000000005");
    public static readonly Guid Lina = Guid.Parse("01900000-0000-7000-8000-000000000006");
    public static readonly Guid Noah = Guid.Parse("01900000-0000-7000-8000-000000000007");

    public static readonly DateTimeOffset Start = new(2021, 4, 12, 7, 0, 0, TimeSpan.Zero);
    public static readonly RoomModule Module = new(ModuleId, Start, Start.AddHours(2));

    public static readonly Room TheRoom = Room.Create(new RoomReserved(StageId, CampaignId, Stage(1)));

    public static StageContent Stage(long version, params RoomModule[] modules) =>
        new(
            version,
            "FR",
            ["6E"],
            "Europe/Paris",
            Teacher,
            "Claire",
            modules.Length == 0 ? [Module] : modules,
            [new RoomPupil(Lina, "0340001A"), new RoomPupil(Noah, "0300002B")]
        );

    public static DateTimeOffset Minute(double minute) => Start.AddMinutes(minute);

    public static Guid Participant(Guid pupilOrTeacher) => ClassSession.ParticipantIdOf(ModuleId, pupilOrTeacher);

    /// <summary>A class at whose door this happened.</summary>
    public static ClassSession Class(params object[] events) =>
        events.Aggregate(
            ClassSession.Create(new ClassOpened(ModuleId, StageId, CampaignId)),
            (s, e) => (ClassSession)ClassSession.Apply((dynamic)e, s)
        );

    /// <summary>The events of somebody who follows the link and is connected from one minute to another; null: still there.</summary>
    public static object[] Stay(Guid pupil, double from, double? to, Guid? copy = null, string role = ParticipantRole.Pupil)
    {
        var connection = Guid.CreateVersion7(Minute(from));
        var isPupil = role == ParticipantRole.Pupil;
        object[] arrival =
        [
            new TicketIssued(
                $"t{from}",
                Participant(pupil),
                role,
                isPupil ? Parent : pupil,
                isPupil ? pupil : null,
                Minute(from + 5),
                Minute(from)
            ),
            new SeatTaken($"t{from}", Participant(pupil), $"s{from}", Minute(from)),
            new ParticipantArrived(Participant(pupil), connection, copy ?? Guid.Empty, Minute(from)),
        ];
        return to is null ? arrival : [.. arrival, new ParticipantLeft(Participant(pupil), connection, Minute(to.Value))];
    }
}
