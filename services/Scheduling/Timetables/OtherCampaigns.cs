using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Timetables;

/// <summary>A session that somebody has in another campaign.</summary>
public sealed record Busy(DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Campaign);

/// <summary>
/// When the people of a campaign are in class in others of the same days: écoles and collèges may each have a campaign of their own, and a
/// person is in one place at a time. What is approved or published there counts; a draft may yet become anything.
/// </summary>
public sealed class OtherCampaigns(ILookup<Guid, Busy> busy)
{
    /// <summary>The usual case: no other campaign has these days.</summary>
    public static readonly OtherCampaigns None = new(Array.Empty<Guid>().ToLookup(g => g, _ => new Busy(default, default, "")));

    /// <summary>The session in another campaign that meets with this slot; null when the person is free, or unknown.</summary>
    /// <param name="person">A teacher's account, or a candidate's <see cref="Candidate.Child"/>.</param>
    public Busy? Meets(Guid? person, CampaignPlan plan, string week, int slot)
    {
        if (person is not { } who || !busy.Contains(who))
            return null;
        var time = ModuleTime.Of(plan, week, slot);
        return busy[who].FirstOrDefault(b => b.StartsAt < time.EndsAt && time.StartsAt < b.EndsAt);
    }

    /// <summary>The slots of a week at which the person is elsewhere.</summary>
    public IEnumerable<int> Slots(Guid? person, CampaignPlan plan, string week) =>
        person is { } who && busy.Contains(who)
            ? Enumerable.Range(0, Grid.Count(plan)).Where(slot => Meets(who, plan, week, slot) is not null)
            : [];

    /// <param name="teachers">Accounts; null for all.</param>
    /// <param name="children">As candidates name them; null for all.</param>
    public static async Task<OtherCampaigns> Read(
        IQuerySession session,
        CampaignPlan plan,
        Guid campaign,
        IReadOnlyCollection<Guid>? teachers,
        IReadOnlyCollection<Guid>? children,
        CancellationToken cancel
    )
    {
        if (teachers is { Count: 0 } && children is { Count: 0 })
            return None;
        var others = (await session.Query<Campaign>().Where(c => c.Id != campaign).ToListAsync(cancel))
            .Where(c => c.Plan.Weeks.Any(w => plan.Weeks.Any(own => Math.Abs(w.Monday.DayNumber - own.Monday.DayNumber) < 7)))
            .ToDictionary(c => c.Id, c => c.Plan);
        if (others.Count == 0)
            return None;
        var ids = others.Keys.ToArray();
        var stages = await session
            .Query<Stage>()
            .Where(s => s.CampaignId.IsOneOf(ids) && (s.Status == StageStatus.Approved || s.Status == StageStatus.Published))
            .ToListAsync(cancel);
        var offers = (await session.LoadManyAsync<Offer>(cancel, [.. stages.Select(s => s.OfferId).Distinct()]))
            .Where(o => o.PersonId != Guid.Empty && teachers?.Contains(o.PersonId) != false)
            .ToDictionary(o => o.Id, o => o.PersonId);
        var pupils = (
            await session.LoadManyAsync<Candidate>(cancel, [.. stages.SelectMany(s => s.Seats).Select(s => s.EnrolmentId).Distinct()])
        )
            .Where(c => c.Child is { } child && children?.Contains(child) != false)
            .ToDictionary(c => c.Id, c => c.Child!.Value);
        return new(
            stages
                .SelectMany(s => People(s, offers, pupils).SelectMany(person => Sessions(s, others[s.CampaignId]).Select(b => (person, b))))
                .ToLookup(x => x.person, x => x.b)
        );
    }

    private static IEnumerable<Guid> People(Stage stage, Dictionary<Guid, Guid> offers, Dictionary<Guid, Guid> pupils)
    {
        if (!stage.TeacherGone && offers.TryGetValue(stage.OfferId, out var teacher))
            yield return teacher;
        foreach (var seat in stage.Seats)
            if (pupils.TryGetValue(seat.EnrolmentId, out var child))
                yield return child;
    }

    private static IEnumerable<Busy> Sessions(Stage stage, CampaignPlan plan) =>
        stage.Modules.Select(m => ModuleTime.Of(plan, stage.Week, m.Slot)).Select(time => new Busy(time.StartsAt, time.EndsAt, plan.Name));
}
