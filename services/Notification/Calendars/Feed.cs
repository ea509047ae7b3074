using Stages.Notifications.Timetables;

namespace Stages.Notifications.Calendars;

/// <summary>All modules of one person: of their children, and of the stages that they teach; cancelled ones as cancelled.</summary>
public static class Feed
{
    public static async Task<(IReadOnlyList<CalendarEntry> Entries, DateTimeOffset ChangedAt)> Of(
        IQuerySession session,
        Guid personId,
        Language language,
        Links links,
        CancellationToken cancel
    )
    {
        var children = (await session.Query<EnrolmentContact>().Where(c => c.People.Contains(personId)).ToListAsync(cancel)).ToDictionary(
            c => c.Id
        );
        var offers = (await session.Query<TeacherContact>().Where(t => t.PersonId == personId).ToListAsync(cancel))
            .Select(t => t.Id)
            .ToHashSet();
        var ids = children.Keys.Concat(offers).ToArray();
        if (ids.Length == 0)
            return ([], DateTimeOffset.UnixEpoch);

        var stages = await session.Query<KnownStage>().WhereSql("d.attending && ?::uuid[]", [ids]).ToListAsync(cancel);
        var campaigns = (await session.LoadManyAsync<KnownCampaign>(cancel, [.. stages.Select(s => s.CampaignId).Distinct()])).ToDictionary(
            c => c.Id
        );
        var entries = stages
            .SelectMany(s => Entries(s, campaigns[s.CampaignId], children, offers, language, links))
            .OrderBy(e => e.Date)
            .ThenBy(e => e.Start)
            .ThenBy(e => e.ModuleId)
            .ToList();
        return (entries, stages.Count == 0 ? DateTimeOffset.UnixEpoch : stages.Max(s => s.ChangedAt));
    }

    /// <summary>What one person's calendar shows of one stage.</summary>
    public static IEnumerable<CalendarEntry> Entries(
        KnownStage stage,
        KnownCampaign campaign,
        IReadOnlyDictionary<Guid, EnrolmentContact> children,
        IReadOnlySet<Guid> offers,
        Language language,
        Links links
    )
    {
        var facts = stage.Facts(campaign);
        var now = stage.Enrolments.Where(children.ContainsKey).ToList();
        var teaches = !stage.TeacherGone && offers.Contains(stage.OfferId);
        // Somebody who is no longer in it sees it as cancelled; siblings in one class are one entry.
        var gone = now.Count == 0 && !teaches;
        var names = (gone ? stage.Left.Where(children.ContainsKey) : now).Select(e => children[e].Pupil).ToList();
        var who = names.Count == 0 ? TimetableNotice.Who(language, facts) : language.List(names);
        var until = facts.Until(stage.AnswerBefore(now));
        return (gone ? facts.AllCancelled() : facts.Modules).Select(m => facts.Entry(language, links, who, m, until));
    }
}
