namespace Stages.Enrolments;

/// <summary>
/// Section <c>Caps</c>: more than any family needs, and too little for whoever would use us to write to strangers. Coordinators, who are
/// known and enrol whole schools, have none.
/// </summary>
public sealed record Caps
{
    /// <summary>Enrolments that stand, of one account in one campaign.</summary>
    public int EnrolmentsPerFamily { get; init; } = 10;

    /// <summary>Addresses other than their own that one account names in a day.</summary>
    public int RecipientsPerFamily { get; init; } = 20;

    /// <summary>The same from one network, which may be a whole school's or a village's.</summary>
    public int RecipientsPerClient { get; init; } = 500;

    /// <exception cref="InvalidOperationException">A cap that would let nobody in.</exception>
    public static Caps Of(IConfiguration configuration)
    {
        var caps = configuration.GetSection("Caps").Get<Caps>() ?? new Caps();
        return caps is { EnrolmentsPerFamily: > 0, RecipientsPerFamily: > 0, RecipientsPerClient: > 0 }
            ? caps
            : throw new InvalidOperationException(
                "Caps:EnrolmentsPerFamily, Caps:RecipientsPerFamily and Caps:RecipientsPerClient are numbers of 1 or more."
            );
    }
}

public sealed record TooManyEnrolments(int Most)
    : Refusal(
        RefusalKind.Conflict,
        "too-many-enrolments",
        $"Un compte inscrit {Most} enfants au plus dans une campagne. Pour davantage, demandez à votre coordonnateur.",
        $"An account enrols {Most} children at most in a campaign. For more, ask your coordinator."
    );

/// <param name="Pupil">As the existing enrolment names them.</param>
public sealed record ChildEnrolledAlready(Guid Id, string Pupil, DateTimeOffset At)
    : Refusal(
        RefusalKind.Conflict,
        "child-enrolled-already",
        $"{Pupil} est déjà inscrit (le {HomeZone.DayOf(At):dd/MM/yyyy}) dans cette campagne : modifiez cette inscription-là.",
        $"{Pupil} is enrolled already (on {HomeZone.DayOf(At):yyyy-MM-dd}) in this campaign: change that enrolment instead."
    )
{
    public override IReadOnlyDictionary<string, string[]> Errors =>
        new Dictionary<string, string[]>(StringComparer.Ordinal) { ["pupil.firstName"] = [Text] };

    public override IReadOnlyDictionary<string, object?> Details => Detail("id", Id);
}

public sealed record TooManyRecipients()
    : Refusal(
        RefusalKind.TooMany,
        "too-many-recipients",
        "Trop de nouvelles adresses ont été données aujourd’hui. Votre saisie est gardée : réessayez demain, "
            + "ou envoyez l’inscription sans le second responsable et ajoutez-le plus tard.",
        "Too many new addresses were given today. What you typed is kept: try again tomorrow, "
            + "or send the enrolment without the second guardian and add them later."
    );

/// <summary>Whether one more enrolment of a family is one too many.</summary>
public static class FamilyCaps
{
    /// <param name="own">Those that the account may read in this campaign.</param>
    public static Refusal? Check(IReadOnlyCollection<Enrolment> own, Caller caller, Caps caps)
    {
        if (!caller.IsFamily)
            return null;
        var standing = own.Where(e => e.IsStanding).ToList();
        return standing.Count(e => e.Submitter == caller.Id) >= caps.EnrolmentsPerFamily
            ? new TooManyEnrolments(caps.EnrolmentsPerFamily)
            : null;
    }

    /// <summary>Addresses that this content would have us write to, and that are neither the caller's nor known from before.</summary>
    public static IReadOnlyList<string> NewRecipients(EnrolmentContent content, IEnumerable<EnrolmentContent> before, Caller caller)
    {
        if (!caller.IsFamily)
            return [];
        var known = before.SelectMany(c => c.Guardians).SelectMany(AddressesOf).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. content.Guardians.Where(g => !Family.Is(caller.Id, g)).SelectMany(AddressesOf).Where(a => !known.Contains(a)).Distinct(),
        ];
    }

    private static IEnumerable<string> AddressesOf(Guardian guardian) =>
        new[] { guardian.Email, guardian.Phone }.OfType<string>().Where(a => a.Length > 0);
}
