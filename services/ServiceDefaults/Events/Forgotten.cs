using Stages.Vocabulary;

namespace Stages.ServiceDefaults;

/// <summary>
/// That an account was forgotten here, and when: for what still speaks of it on its way to us. The account itself cannot be read from it.
/// </summary>
/// <param name="Id">A keyed trace of the account.</param>
public sealed record Forgotten(Guid Id, DateTimeOffset At)
{
    /// <summary>
    /// One service after the other forgets, and each may have said something just before. Whoever comes back so soon is nobody for as long.
    /// </summary>
    public static readonly TimeSpan Aftermath = TimeSpan.FromMinutes(10);

    /// <summary>A message that was parked for longer would have been dropped.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Shared by who writes an account down from a message, and held alone by who forgets one.</summary>
    public static LockKey Lock { get; } = LockKey.Of("forgotten", "accounts");

    public static Forgotten Of(Guid account, DateTimeOffset now) => new(KeyOf(account), now);

    /// <summary>Whether what was said of this account then is not to be written down any more.</summary>
    /// <param name="said">When the message was sent.</param>
    public static async Task<bool> Is(Reading reading, Guid? account, DateTimeOffset said)
    {
        await reading.Share(Lock);
        return account is { } id
            && await reading.Documents.LoadAsync<Forgotten>(KeyOf(id), reading.Cancel) is { } forgotten
            && said <= forgotten.At + Aftermath;
    }

    private static Guid KeyOf(Guid account) => HashId.Of(IdSpace.Trace, $"forgotten/{account:N}");
}
