namespace Stages.Classrooms.Sessions;

/// <summary>
/// Of all the classes that ever were, the few that somebody looks for. Each has an index over those few alone, so that it costs the same
/// in the first week and in the third year; the conditions stand here once, for question and index.
/// </summary>
public static class SessionQueries
{
    /// <summary>Somebody is connected through a copy of the service.</summary>
    private const string Connected = "jsonb_array_length((data -> 'copies'::text)) > 0";

    /// <summary>An adult was reported, or reported something.</summary>
    private const string Reported = "jsonb_array_length((data -> 'incidents'::text)) > 0";

    public static void AddTo(StoreOptions options) =>
        options
            .Schema.For<ClassSession>()
            .Index(s => s.CampaignId, i => (i.Name, i.Predicate) = ("classes_reported", Reported))
            .Index(s => s.StageId, i => (i.Name, i.Predicate) = ("classes_connected", Connected));

    public static IQueryable<ClassSession> WithConnections(this IQuerySession reads) => reads.Query<ClassSession>().WhereSql(Connected);

    public static IQueryable<ClassSession> WithIncidents(this IQuerySession reads, Guid campaign) =>
        reads.Query<ClassSession>().WhereSql(Reported).Where(s => s.CampaignId == campaign);
}
