using Marten;
using Marten.Linq.MatchesSql;

namespace Stages.Enrolments;

public static class FamilyQuery
{
    /// <summary>
    /// The enrolments that an account may read. Written out because the condition has to be, word for word, the expression of the
    /// index on <c>familyIds</c>: without it each family's page would read the whole campaign.
    /// </summary>
    public static IQueryable<Enrolment> OfFamily(this IQueryable<Enrolment> enrolments, Guid account) =>
        enrolments.Where(e => e.MatchesSql("(d.data ->> 'familyIds')::jsonb @> jsonb_build_array(?::text)", account.ToString()));
}
