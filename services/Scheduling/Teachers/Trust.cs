using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Teachers;

/// <summary>Who is known without anybody's asking; and what an acceptance writes, whoever gave it.</summary>
public static class Trust
{
    /// <summary>
    /// Why this person is accepted at once: they came in through the sign-in of the académie's staff, or their address is of a domain
    /// that the campaign trusts. Null when a coordinator has to look, and always once one has.
    /// </summary>
    public static Ground? Of(TeacherStanding? standing, Guid person, string? email, CampaignPlan plan, Caller? caller)
    {
        if (standing is not null || person == Guid.Empty)
            return null;
        if (caller is { IsTeacher: true, Vouched: { } provider } && caller.Id == person)
            return new Ground(Ground.Provider, provider);
        return plan.Trusts(email) is { } domain ? new Ground(Ground.Domain, domain) : null;
    }

    /// <summary>The person is accepted, and with them each of their offers.</summary>
    /// <param name="theirs">All of them that are there already.</param>
    public static Decision Accept(TeacherAccepted accepted, IEnumerable<Offer> theirs) =>
        Decision
            .All(
                theirs
                    .Where(o => o.Acceptance != Acceptance.Accepted)
                    .Select(o => Decision.Of(new AuthorAccepted(accepted.By, accepted.At)).At(o.Id))
            )
            .AndStart<TeacherStanding>(TeacherStanding.IdOf(accepted.PersonId), accepted);

    /// <summary>An offer that begins, with what is known of its author: nothing to add for one who has to wait.</summary>
    public static Decision Begin(TeacherStanding? standing, Ground? ground, Guid offer, Guid person, Actor by, DateTimeOffset now) =>
        standing?.Acceptance switch
        {
            Acceptance.Accepted => Decision.Of(new AuthorAccepted(Actor.System, now)),
            Acceptance.Refused => Decision.Of(new AuthorRefused(Actor.System, now)),
            _ when ground is not null => Decision
                .Of(new AuthorAccepted(by, now))
                .And(Accept(new TeacherAccepted(person, offer, ground, Waited: false, by, now), [])),
            _ => Decision.Nothing,
        };
}
