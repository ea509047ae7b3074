using static Stages.Scheduling.Sql;

namespace Stages.Scheduling.Offers;

/// <summary>What is asked of a campaign's offers; SQL, in the names of the code, where it goes through lists or to the teacher.</summary>
public static class OfferQueries
{
    private static readonly string OfDomain = $"""
        exists (select 1 from {Table<OfferTeacher>()} t where t.id = d.id
          and split_part(lower({Text("t.data", nameof(OfferTeacher.Email))}), '@', 2) = any(?))
        """;

    /// <summary>An offer of before anybody asked is one that waits.</summary>
    private static readonly string Stands = $"coalesce({Text("d.data", nameof(Offer.Acceptance))}, '{nameof(Acceptance.Waiting)}') = ?";

    private static readonly string Terms = Value("d.data", nameof(Offer.Terms));

    /// <summary>Whose teacher of this campaign answers to these words.</summary>
    public static async Task<IQueryable<Offer>> Named(
        this IQueryable<Offer> offers,
        IQuerySession reads,
        Guid campaign,
        string words,
        CancellationToken cancel
    )
    {
        var teachers = await reads.Query<OfferTeacher>().Where(t => t.CampaignId == campaign).Named(words, cancel);
        Guid[] theirs = [.. await teachers.Select(t => t.Id).ToListAsync(cancel)];
        return offers.Where(o => o.Id.IsOneOf(theirs));
    }

    /// <summary>Those that count (<see cref="Offer.Counts"/>).</summary>
    public static IQueryable<Offer> Counting(this IQueryable<Offer> offers) =>
        offers.Where(o => !o.Withdrawn && o.Acceptance == Acceptance.Accepted);

    /// <summary>Those whose authors stand so.</summary>
    public static IQueryable<Offer> Standing(this IQueryable<Offer> offers, Acceptance acceptance) =>
        offers.WhereSql(Stands, acceptance.ToString());

    /// <summary>Those whose teacher has an address there.</summary>
    public static IQueryable<Offer> OfDomains(this IQueryable<Offer> offers, IReadOnlyList<string> domains)
    {
        string[] any = [.. domains];
        return offers.WhereSql(OfDomain, (object)any);
    }

    /// <summary>Those that teach this subject at this level, each as far as it is given.</summary>
    public static IQueryable<Offer> Teaching(this IQueryable<Offer> offers, string? subject, string? level)
    {
        var teaching = new Dictionary<string, object>(StringComparer.Ordinal);
        if (subject is not null)
            teaching = Under(nameof(Api.Scheduling.Teaching.Subject), subject);
        if (level is not null)
            teaching = new(teaching.Concat(Under(nameof(Api.Scheduling.Teaching.Levels), new[] { level })), StringComparer.Ordinal);
        return offers.WhereSql("d.data @> ?::jsonb", Holding(nameof(Offer.Terms), Under(nameof(OfferTerms.Teaches), new[] { teaching })));
    }

    public static IQueryable<Offer> Sorted(this IQueryable<Offer> offers, string? sort, string? order) =>
        offers.OrderBySql($"{SortedBy(sort)} {Paging.Direction(order)}, d.id");

    /// <summary>The name of an offer's teacher, for an <c>order by</c>.</summary>
    public static string TeacherOf(string offer) =>
        $"(select lower({Text("t.data", nameof(OfferTeacher.Name))}) from {Table<OfferTeacher>()} t where t.id = {offer})";

    private static string SortedBy(string? sort) =>
        sort switch
        {
            "subject" => Text($"{Value(Terms, nameof(OfferTerms.Teaches))} -> 0", nameof(Api.Scheduling.Teaching.Subject)),
            "stagesPerWeek" => $"({Text(Value(Terms, nameof(OfferTerms.Limits)), nameof(Limits.StagesPerWeek))})::int",
            "slots" => $"(select sum(jsonb_array_length(w.value)) from jsonb_each({Value(Terms, nameof(OfferTerms.Slots))}) w)",
            "school" => Text("d.data", nameof(Offer.SchoolUai)),
            "since" => "d.id",
            "status" => Text("d.data", nameof(Offer.Withdrawn)),
            _ => TeacherOf("d.id"),
        };
}
