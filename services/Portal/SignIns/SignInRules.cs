using System.Text;

namespace Stages.Portal.SignIns;

/// <param name="Known">It has signed in with the address in question before.</param>
/// <param name="Network">Where it is, for the budgets of one client; see <see cref="SignInGate"/>.</param>
public sealed record Visitor(Guid Browser, bool Known, string Network);

/// <summary>
/// What goes to an address, what counts and for how long, as pure rules. Strangers share one allowance; a browser that has signed in
/// with the address before has its own, and one whose question is still open may repeat it: nobody is kept out by others who ask.
/// </summary>
public static class SignInRules
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Messages in a quarter of an hour and in a day, of all browsers that the address has never been used in.</summary>
    public const int OfStrangers = 3;
    public const int OfStrangersADay = 20;

    /// <summary>The first message and one repetition, of a browser whose message still counts.</summary>
    public const int OfOneAsking = 2;

    /// <summary>In a browser that has signed in with the address.</summary>
    public const int OfKnown = 5;
    public const int OfKnownADay = 40;

    /// <summary>Wrong codes in a day, of strangers together and of each known browser; then the link alone.</summary>
    public const int WrongCodes = 20;

    /// <summary>The most codes that can count at once for a stranger: each browser that got a message repeats its question.</summary>
    public const int MostLive = OfStrangers * OfOneAsking;

    /// <summary>Whether this browser may ask whatever others have asked: the budgets of strangers do not concern it.</summary>
    public static bool HasOwnRoom(AddressSignIns? state, Visitor visitor, DateTimeOffset now) =>
        visitor.Known
            ? Own(state, visitor, now - Life) < OfKnown && Own(state, visitor, now - Day) < OfKnownADay
            : Live(state, now).Any(m => m.Browser == visitor.Browser) && Own(state, visitor, now - Life) < OfOneAsking;

    /// <summary>Gives the message as it goes: without a code when too many wrong ones were typed today.</summary>
    public static Decision<SignInMessage> Ask(AddressSignIns? state, Guid address, SignInMessage message, Visitor visitor, SignInLink link)
    {
        var now = message.At;
        var own = HasOwnRoom(state, visitor, now);
        if (!own && !HasStrangersRoom(state, now))
            return Enough(state, now);
        var sent = CodesAreSpent(state, visitor, now) ? message with { CodeHash = null } : message;
        var fresh = Fresh(state, address, now);
        return Keep(
                fresh with
                {
                    Live = [.. fresh.Live, sent],
                    Sent = [.. fresh.Sent, new SentMessage(sent.Id, visitor.Browser, visitor.Known && own, now)],
                }
            )
            .AndStore(link)
            .Giving(sent);
    }

    /// <summary>The message could not be handed over: it did not go.</summary>
    public static Decision Withdraw(AddressSignIns? state, Guid message, DateTimeOffset now)
    {
        if (state is null)
            return Decision.Nothing;
        var fresh = Fresh(state, state.Id, now);
        return Keep(fresh with { Live = [.. fresh.Live.Where(m => m.Id != message)], Sent = [.. fresh.Sent.Where(m => m.Id != message)] });
    }

    /// <summary>Gives whether it was a right one. A wrong code is no refusal, since it counts.</summary>
    /// <param name="strong">On the page of staff, where six digits are not enough.</param>
    /// <param name="hash">Of what was typed, as the code of that message.</param>
    public static Decision<bool> TryCode(AddressSignIns? state, Visitor visitor, bool strong, Func<Guid, string> hash, DateTimeOffset now)
    {
        if (CodesAreSpent(state, visitor, now))
            return new CodesSpent();
        var live = Live(state, now).Where(m => m.CodeHash is not null).ToList();
        if (state is null || live.Count == 0)
            return new CodeRefused();
        var fresh = Fresh(state, state.Id, now);
        return live.Where(m => m.Strong ? m.Browser == visitor.Browser : !strong)
            .Aggregate(false, (hit, m) => hit | Same(m.CodeHash!, hash(m.Id)))
            ? Keep(Done(fresh)).Giving(true)
            : Keep(fresh with { Wrong = [.. fresh.Wrong, new WrongCode(visitor.Browser, visitor.Known, now)] }).Giving(false);
    }

    public static Decision UseLink(AddressSignIns? state, Guid message, DateTimeOffset now) =>
        state is not null && Live(state, now).Any(m => m.Id == message) ? Keep(Done(Fresh(state, state.Id, now))) : new LinkRefused();

    /// <summary>What a person may be told of the messages to the address that was typed.</summary>
    public static MailedEnough Enough(AddressSignIns? state, DateTimeOffset now)
    {
        var sent = (state?.Sent ?? []).Where(s => s.At > now - Life).ToList();
        var latest = Live(state, now).LastOrDefault();
        return new MailedEnough(sent.Count, latest?.At, latest?.CodeHash is null, sent.Count == 0 ? now : sent.Min(s => s.At) + Life);
    }

    /// <summary>No more than a few; but where none went for a quarter of an hour one always goes, whatever strangers did all day.</summary>
    private static bool HasStrangersRoom(AddressSignIns? state, DateTimeOffset now)
    {
        var sent = (state?.Sent ?? []).Where(s => !s.Known).ToList();
        var recent = sent.Count(s => s.At > now - Life);
        return recent == 0 || (recent < OfStrangers && sent.Count(s => s.At > now - Day) < OfStrangersADay);
    }

    private static bool CodesAreSpent(AddressSignIns? state, Visitor visitor, DateTimeOffset now) =>
        (state?.Wrong ?? []).Where(w => w.At > now - Day).Count(w => visitor.Known ? w.Known && w.Browser == visitor.Browser : !w.Known)
        >= WrongCodes;

    private static int Own(AddressSignIns? state, Visitor visitor, DateTimeOffset since) =>
        (state?.Sent ?? []).Count(s => s.Browser == visitor.Browser && s.Known == visitor.Known && s.At > since);

    private static IEnumerable<SignInMessage> Live(AddressSignIns? state, DateTimeOffset now) =>
        (state?.Live ?? []).Where(m => m.At > now - Life);

    /// <summary>All messages end with the first that is used; and its owner need not wait because others asked before.</summary>
    private static AddressSignIns Done(AddressSignIns state) => state with { Live = [], Sent = [.. state.Sent.Where(s => s.Known)] };

    private static AddressSignIns Fresh(AddressSignIns? state, Guid address, DateTimeOffset now) =>
        new(
            address,
            [.. Live(state, now)],
            [.. (state?.Sent ?? []).Where(s => s.At > now - Day)],
            [.. (state?.Wrong ?? []).Where(w => w.At > now - Day)],
            now
        );

    private static Decision Keep(AddressSignIns state)
    {
        DateTimeOffset[] said = [.. state.Sent.Select(s => s.At), .. state.Wrong.Select(w => w.At)];
        return said.Length == 0
            ? Decision.Nothing.AndDelete<AddressSignIns>(state.Id)
            : Decision.Nothing.AndStore(state with { EndsAt = said.Max() + Day });
    }

    private static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));
}
