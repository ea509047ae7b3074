using Stages.Portal.Staff;

namespace Stages.Portal.Accounts.Letters;

/// <summary>What is worth a letter to whom it happened to.</summary>
/// <param name="What">One of <see cref="AccountNews"/>.</param>
/// <param name="About">Words of ours alone: a letter carries nothing that somebody typed.</param>
public sealed record News(string What, LocalText? About = null)
{
    /// <summary>
    /// What an event of somebody's second factor is to them; null for what they have just done to come in. An event that stands in no
    /// line here is a fault, so that none is forgotten.
    /// </summary>
    public static News? Of(object happened, SecondFactor? before) =>
        happened switch
        {
            AuthenticatorSet => new(before?.SealedKey is null ? AccountNews.AppSet : AccountNews.AppChanged),
            PasskeyAdded e => new(AccountNews.PasskeyAdded, e.On.Words),
            PasskeyRemoved e => new(
                AccountNews.PasskeyRemoved,
                before?.Passkeys.FirstOrDefault(p => p.Credential == e.Credential)?.On.Words
            ),
            // With the first way in they come by themselves, and its letter tells enough.
            RecoveryCodesMade => before is { IsSet: true } ? new(AccountNews.CodesMade) : null,
            SecondFactorShown { How: Proof.Recovery } => new(AccountNews.CodeUsed),
            SecondFactorReset => new(AccountNews.FactorReset),
            SecondFactorShown or SecondFactorMissed => null,
            _ => throw new ArgumentException($"Nobody has said whether {happened.GetType().Name} is worth a letter.", nameof(happened)),
        };

    /// <summary>As above, of a role.</summary>
    public static News? Of(object happened, StaffMember? before) =>
        happened switch
        {
            // Another name alone is none.
            StaffAppointed e => before is { Active: true } && before.Role == e.Role && before.Territory == e.Territory
                ? null
                : new(AccountNews.RoleGiven, RoleWords(e.Role, e.Territory)),
            StaffDismissed => new(AccountNews.RoleTaken, before is null ? null : RoleWords(before.Role, before.Territory)),
            _ => throw new ArgumentException($"Nobody has said whether {happened.GetType().Name} is worth a letter.", nameof(happened)),
        };

    private static LocalText RoleWords(string role, string? territory)
    {
        var where = Territories.Words(territory);
        return role == Roles.Admin ? new("administration", "administrator") : new($"coordination, {where.Fr}", $"coordinator, {where.En}");
    }
}
