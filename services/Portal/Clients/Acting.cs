namespace Stages.Portal.Clients;

/// <summary>For whom work is done that no request waits for: services are asked as that person, as they are from a page.</summary>
public static class Acting
{
    private static readonly AsyncLocal<Caller?> Whom = new();

    public static Caller? For => Whom.Value;

    public static IDisposable As(Caller person)
    {
        Whom.Value = person;
        return new Over();
    }

    private sealed class Over : IDisposable
    {
        public void Dispose() => Whom.Value = null;
    }
}
