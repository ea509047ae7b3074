namespace Stages.Enrolments;

public static class FamilyQuery
{
    /// <summary>
    /// Word for word the expression of the index on <c>familyIds</c>: without it each family's page would read the whole campaign.
    /// </summary>
    public const string FamilyIds = "(d.data ->> 'familyIds')::jsonb";

    /// <summary>The same of the index on <c>childKey</c>, see <see cref="Doubles"/>.</summary>
    public const string ChildKey = "d.data ->> 'childKey'";

    /// <summary>How many events it comes of.</summary>
    public const string Version = "(d.data ->> 'version')::bigint";

    public const string NotErased = $"d.data ->> 'status' <> '{Enrolment.Erased}'";

    /// <summary>The enrolments that an account may read.</summary>
    public static IQueryable<Enrolment> OfFamily(this IQueryable<Enrolment> enrolments, Guid account) =>
        enrolments.WhereSql($"{FamilyIds} @> jsonb_build_array(?::text)", account.ToString());

    /// <summary>Those of the coordinator's territory.</summary>
    public static IQueryable<Enrolment> InReach(this IQueryable<Enrolment> enrolments, Caller caller) =>
        caller.Territory is { } territory ? enrolments.Where(e => e.Content.Pupil.SchoolUai.StartsWith(territory)) : enrolments;

    /// <summary>What comes behind this one, for lists in the order of ids.</summary>
    public static IQueryable<Enrolment> Behind(this IQueryable<Enrolment> enrolments, Guid? after) =>
        after is { } last ? enrolments.Where(e => e.Id.CompareTo(last) > 0) : enrolments;
}
