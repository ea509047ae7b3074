using System.Globalization;
using Stages.Classrooms.Campaigns;

namespace Stages.Classrooms.Attendance;

/// <param name="TeacherId">Account of the teacher, for hours by person.</param>
/// <param name="PupilsPresent">Who was there at all, or is.</param>
/// <param name="PupilMinutes">Of all pupils together, as corrected by the teacher, else as measured.</param>
public sealed record HeldModule(
    Guid ModuleId,
    Guid StageId,
    string Subject,
    IReadOnlyList<string> Levels,
    Guid? TeacherId,
    string TeacherFirstName,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Status,
    int ModuleMinutes,
    int TeacherMinutes,
    int PupilsExpected,
    int PupilsPresent,
    int PupilMinutes
);

/// <param name="Held">Modules in which somebody was there.</param>
/// <param name="Rate">Minutes of pupils' presence for each minute expected so far, 0 to 1; null before the first module.</param>
/// <param name="Items">A page of them; the sums are those of all.</param>
/// <param name="Next">The next page, if there is one.</param>
public sealed record DayAttendance(
    DateOnly Date,
    int Modules,
    int Held,
    int TeacherMinutes,
    int PupilsExpected,
    int PupilsPresent,
    int PupilMinutes,
    double? Rate,
    IReadOnlyList<HeldModule> Items,
    string? Next = null
);

/// <summary>
/// Presence over a campaign, day by day: what a coordinator follows, and what hours are paid from. Only classes with a pupil of the
/// coordinator's territory.
/// </summary>
public static class ReadDay
{
    /// <summary>Sessions read at once: a day can have thousands.</summary>
    private const int AtOnce = 200;

    /// <summary>Modules of one answer.</summary>
    private const int OnePage = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/classroom/campaigns/{id:guid}/attendance", Read)
            .For(Roles.Coordinator)
            .Produces<DayAttendance>()
            .ProducesProblem(404);

    /// <param name="date">In the campaign's zone; today when it is absent.</param>
    /// <param name="from">Modules that begin at this time of the day, or later.</param>
    /// <param name="until">Those that begin before this time.</param>
    private static async Task<IResult> Read(
        Guid id,
        DateOnly? date,
        TimeOnly? from,
        TimeOnly? until,
        int? page,
        Caller caller,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        await using var query = store.QuerySession();
        if (await query.LoadAsync<KnownCampaign>(id, cancel) is not { } campaign)
            return new NotFound().AsProblem();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(campaign.TimeZone);
        var now = clock.GetUtcNow();
        var day = date ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var (first, last) = (
            At(day, from ?? TimeOnly.MinValue, zone),
            until is { } end ? At(day, end, zone) : At(day.AddDays(1), default, zone)
        );
        var modules = await query
            .Query<ClassModule>()
            .Where(m => m.CampaignId == id && !m.Cancelled && m.StartsAt >= first && m.StartsAt < last)
            .SeenBy(caller)
            .OrderBy(m => m.StartsAt)
            .ToListAsync(cancel);
        var items = new List<HeldModule>();
        foreach (var some in modules.Chunk(AtOnce))
        {
            var rooms = (await query.LoadManyAsync<Room>(cancel, some.Select(m => m.StageId).Distinct().ToArray())).ToDictionary(r => r.Id);
            var sessions = (await query.LoadManyAsync<ClassSession>(cancel, some.Select(m => m.Id).ToArray())).ToDictionary(s => s.Id);
            items.AddRange(
                some.Where(m => rooms[m.StageId].IsSeenBy(caller))
                    .Select(m => Describe(m, rooms[m.StageId], sessions.GetValueOrDefault(m.Id), campaign, now))
            );
        }
        var number = Math.Clamp(page ?? 1, 1, 1000);
        var sum = Sum(day, items, now);
        return Results.Ok(
            sum with
            {
                Items = [.. items.Skip((number - 1) * OnePage).Take(OnePage)],
                Next = items.Count > number * OnePage ? (number + 1).ToString(CultureInfo.InvariantCulture) : null,
            }
        );
    }

    public static HeldModule Describe(ClassModule module, Room room, ClassSession? session, KnownCampaign campaign, DateTimeOffset now)
    {
        var one = ReadAttendance.Describe(module, room, session, [], now);
        return new HeldModule(
            module.Id,
            module.StageId,
            campaign.SubjectName(room.Stage.Subject),
            room.Stage.Levels,
            room.Stage.TeacherId,
            room.Stage.TeacherFirstName,
            module.StartsAt,
            module.EndsAt,
            one.Status,
            one.ModuleMinutes,
            one.TeacherMinutesPresent,
            room.Stage.Pupils.Length,
            one.Pupils.Count(p => p.MinutesPresent > 0 || p.PresentNow),
            one.Pupils.Sum(p => p.MinutesPresent)
        );
    }

    public static DayAttendance Sum(DateOnly day, IReadOnlyList<HeldModule> items, DateTimeOffset now)
    {
        var expected = items.Sum(m => m.PupilsExpected * Math.Clamp((now - m.StartsAt).TotalMinutes, 0, m.ModuleMinutes));
        var present = items.Sum(m => m.PupilMinutes);
        return new DayAttendance(
            day,
            items.Count,
            items.Count(m => m.PupilsPresent > 0 || m.TeacherMinutes > 0),
            items.Sum(m => m.TeacherMinutes),
            items.Sum(m => m.PupilsExpected),
            items.Sum(m => m.PupilsPresent),
            present,
            expected > 0 ? Math.Round(Math.Min(1, present / expected), 3) : null,
            items
        );
    }

    private static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        // A zone whose clocks go forward at midnight has no midnight that day: its first hour then.
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
