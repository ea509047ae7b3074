using Stages.Classrooms.Campaigns;

namespace Stages.Classrooms.Library;

/// <summary>A resource as its reader sees it.</summary>
public static class ResourceViews
{
    /// <param name="teacher">Who proposes, as far as it is known.</param>
    public static ResourceView Of(Resource r, KnownCampaign? campaign, LibraryReader reader, long opened, string? teacher) =>
        new(
            r.Id,
            r.CampaignId,
            r.Title,
            r.About,
            r.Subject,
            campaign?.SubjectName(r.Subject) ?? r.Subject,
            r.Levels,
            r.Link,
            r.File?.Name,
            r.File?.Size ?? 0,
            r.State,
            reader.Decides(r) || r.IsOf(reader.Caller) ? r.Reason : null,
            r.At,
            opened,
            r.IsOf(reader.Caller),
            reader.Decides(r),
            reader.Decides(r) ? teacher : null
        );

    public static async Task<IReadOnlyList<ResourceView>> Of(
        IReadOnlyList<Resource> resources,
        IQuerySession reads,
        NpgsqlDataSource database,
        LibraryReader reader,
        CancellationToken cancel
    )
    {
        var campaign = await reads.LoadAsync<KnownCampaign>(reader.Campaign, cancel);
        var opened = await ResourceTable.Opened(database, [.. resources.Select(r => r.Id)], cancel);
        var names = await Names(resources, reads, reader, cancel);
        return [.. resources.Select(r => Of(r, campaign, reader, opened.GetValueOrDefault(r.Id), names.GetValueOrDefault(r.By)))];
    }

    /// <summary>As the stages of the campaign name them; asked for where somebody decides.</summary>
    private static async Task<IReadOnlyDictionary<Guid, string>> Names(
        IReadOnlyList<Resource> resources,
        IQuerySession reads,
        LibraryReader reader,
        CancellationToken cancel
    )
    {
        if (!reader.Caller.IsCoordinator)
            return new Dictionary<Guid, string>();
        var rooms = await reads
            .Query<Room>()
            .Where(r => r.CampaignId == reader.Campaign)
            .TaughtBy(resources.Select(r => r.By))
            .ToListAsync(cancel);
        return rooms.DistinctBy(r => r.Stage.TeacherId).ToDictionary(r => r.Stage.TeacherId!.Value, r => r.Stage.TeacherFirstName);
    }
}
