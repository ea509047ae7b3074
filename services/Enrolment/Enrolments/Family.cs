namespace Stages.Enrolments;

/// <summary>Who the family of an enrolment is, by the accounts that follow from its addresses.</summary>
public static class Family
{
    /// <summary>
    /// Accounts that may read and change the enrolment: who submitted it, each guardian by either address, and who came with another
    /// enrolment that ended in it.
    /// </summary>
    public static Guid[] AccountsOf(EnrolmentContent content, Guid? submitter, Guid[]? joined = null) =>
        [.. content.Guardians.SelectMany(g => new[] { ByEmail(g), ByPhone(g) }).Prepend(submitter).OfType<Guid>().Union(joined ?? [])];

    /// <summary>The account of one guardian: by e-mail, else by telephone, else none.</summary>
    public static Guid? AccountOf(Guardian guardian) => ByEmail(guardian) ?? ByPhone(guardian);

    /// <summary>Siblings are those whose first guardian is the same account, if that one was asked about them at all.</summary>
    public static Guid? SiblingGroupOf(EnrolmentContent content) =>
        (content.SiblingsRule is not null || content.SiblingsTogether) && content.Guardians.Length > 0
            ? AccountOf(content.Guardians[0])
            : null;

    /// <summary>
    /// One child of one family, in whatever campaign: by the first guardian's account and the child's given name, under our key. Null where
    /// nobody of the family has an account.
    /// </summary>
    public static Guid? ChildOf(EnrolmentContent content) =>
        content.Guardians.Length > 0 && AccountOf(content.Guardians[0]) is { } account
            ? HashId.Of(IdSpace.Pupil, $"family/{account:N}/{TextKey.Of(content.Pupil.FirstName)}")
            : null;

    /// <summary>Before there was a rule, a family asked for one week or for nothing.</summary>
    public static string RuleOf(EnrolmentContent content) =>
        content.SiblingsRule ?? (content.SiblingsTogether ? SiblingsRule.SameWeek : SiblingsRule.Any);

    /// <summary>The account of the family that submitted; null when a coordinator did so on its behalf.</summary>
    public static Guid? SubmitterOf(Author by) => by.Role == Roles.Family && by.Id != Guid.Empty ? by.Id : null;

    /// <summary>Whether the account is this guardian's, by either address.</summary>
    public static bool Is(Guid account, Guardian guardian) => ByEmail(guardian) == account || ByPhone(guardian) == account;

    /// <summary>Whether anybody of the family can sign in, and so see to its own data: by e-mail, or by a mobile.</summary>
    public static bool HasAccount(Enrolment enrolment) =>
        enrolment.Submitter is not null
        || enrolment.Joined is { Length: > 0 }
        || enrolment.Content.Guardians.Any(g => g.Email is { Length: > 0 } || Texts.Find<PhoneNumber>(g.Phone) is { IsMobile: true });

    /// <summary>The enrolment without one of its guardians; null when nobody would be left who answers for the pupil.</summary>
    public static EnrolmentContent? Without(Guid account, EnrolmentContent content)
    {
        Guardian[] left = [.. content.Guardians.Where(g => !Is(account, g))];
        return left.Length == 0 ? null : content with { Guardians = left };
    }

    /// <summary>
    /// A guardian sees the other by name alone, and so sends the name alone back: the addresses that we know stay. Only who has an
    /// address of their own, or a coordinator, changes it.
    /// </summary>
    public static EnrolmentContent KeepOthers(EnrolmentContent content, Enrolment state, Caller caller)
    {
        if (!caller.IsFamily || content.Guardians.All(g => g is not { Email: null, Phone: null }))
            return content;
        var others = state.Content.Guardians.Where(g => !Is(caller.Id, g)).ToList();
        return content with { Guardians = [.. content.Guardians.Select(Kept)] };

        Guardian Kept(Guardian g) =>
            g is { Email: null, Phone: null } && others.FirstOrDefault(o => o.Name == g.Name) is { } known
                ? g with
                {
                    Email = known.Email,
                    Phone = known.Phone,
                    Language = known.Language,
                }
                : g;
    }

    /// <summary>The objections of all but one.</summary>
    public static Objection[] Others(Objection[]? all, Guid account) => [.. (all ?? []).Where(o => o.By != account)];

    private static Guid? ByEmail(Guardian g) => g.Email is { Length: > 0 } email ? PersonId.FromEmail(email) : null;

    private static Guid? ByPhone(Guardian g) => g.Phone is { Length: > 0 } phone ? PersonId.FromPhone(phone) : null;
}
