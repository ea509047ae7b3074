using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Enrolments;

/// <summary>Who the family of an enrolment is, by the accounts that follow from its addresses.</summary>
public static class Family
{
    /// <summary>Accounts that may read and change the enrolment: who submitted it, and each guardian by either address.</summary>
    public static Guid[] AccountsOf(EnrolmentContent content, Guid? submitter) =>
        [.. content.Guardians.SelectMany(g => new[] { ByEmail(g), ByPhone(g) }).Prepend(submitter).OfType<Guid>().Distinct()];

    /// <summary>The account of one guardian: by e-mail, else by telephone, else none.</summary>
    public static Guid? AccountOf(Guardian guardian) => ByEmail(guardian) ?? ByPhone(guardian);

    /// <summary>Siblings are those whose first guardian is the same account and asks for one week.</summary>
    public static Guid? SiblingGroupOf(EnrolmentContent content) =>
        content.SiblingsTogether && content.Guardians.Length > 0 ? AccountOf(content.Guardians[0]) : null;

    /// <summary>The account of the family that submitted; null when a coordinator did so on its behalf.</summary>
    public static Guid? SubmitterOf(Author by) => by.Role == Roles.Family ? by.Id : null;

    private static Guid? ByEmail(Guardian g) => g.Email is { Length: > 0 } email ? PersonId.FromEmail(email) : null;

    private static Guid? ByPhone(Guardian g) => g.Phone is { Length: > 0 } phone ? PersonId.FromPhone(phone) : null;
}
