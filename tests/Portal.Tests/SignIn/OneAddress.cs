using Stages.Portal.SignIns;

namespace Stages.Portal.Tests.SignIn;

/// <summary>The sign-ins of one address, decided by the rules and kept as they say; codes are hashed by writing them down.</summary>
public sealed class OneAddress(DateTimeOffset now)
{
    public static readonly Guid Address = new("11111111-0000-8000-8000-000000000000");
    private int made;

    public AddressSignIns? State { get; private set; }

    public DateTimeOffset Now { get; set; } = now;

    public static Visitor Stranger(int browser) => new(Browser(browser), Known: false, "203.0.113.1");

    public static Visitor Owner(int browser) => new(Browser(browser), Known: true, "203.0.113.2");

    /// <returns>The message that went, with its code and link; null when none did.</returns>
    public SignInMessage? Ask(Visitor visitor, bool strong = false)
    {
        made++;
        var id = new Guid(made, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        var message = new SignInMessage(id, visitor.Browser, Hash(id, Code(id)), strong, Now);
        var link = new SignInLink(id, id, visitor.Browser, "", Now + SignInRules.Life);
        return Kept(SignInRules.Ask(State, Address, message, visitor, link)).Result;
    }

    /// <returns>True when the code was right, false when it was wrong and counted, null when nothing was tried.</returns>
    public bool? Try(Visitor visitor, string code, bool strong = false)
    {
        var decision = Kept(SignInRules.TryCode(State, visitor, strong, id => Hash(id, code), Now));
        return decision.Refusal is null ? decision.Result : null;
    }

    public bool Follow(Guid message) => Kept<object>(SignInRules.UseLink(State, message, Now)).Refusal is null;

    public void Withdraw(Guid message) => Kept<object>(SignInRules.Withdraw(State, message, Now));

    public static string Code(Guid message) => $"code of {message}";

    private static string Hash(Guid message, string code) => $"{message}/{code}";

    private static Guid Browser(int number) => new(number, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2);

    private Decision<T> Kept<T>(Decision<T> decision)
    {
        if (decision.Refusal is null)
            foreach (var effect in decision.What.Effects)
                State = effect switch
                {
                    Effect.Store<AddressSignIns> stored => stored.Documents.Single(),
                    Effect.Delete<AddressSignIns> => null,
                    _ => State,
                };
        return decision;
    }
}
