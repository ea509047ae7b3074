using CsCheck;
using Stages.Portal.SignIns;

namespace Stages.Portal.Tests.SignIn;

/// <summary>
/// Anything that an owner and strangers can do, in any order and at any pace, decided by the rules and beside them by a model that
/// remembers everything and looks all of it through each time.
/// </summary>
public sealed class SignInModelTests
{
    private static readonly DateTimeOffset Start = new(2021, 3, 22, 7, 0, 0, TimeSpan.Zero);

    private abstract record Step;

    private sealed record Asks(Visitor Who, bool Strong) : Step;

    /// <param name="Which">Of the messages so far, counted from the newest; also such as never counted or no longer do.</param>
    private sealed record Types(Visitor Who, int Which, bool Strong) : Step;

    private sealed record Guesses(Visitor Who, int Times) : Step;

    private sealed record Follows(int Which) : Step;

    private sealed record Waits(TimeSpan For) : Step;

    private static readonly Gen<Visitor> Somebody = Gen.Frequency(
        (3, Gen.Int[1, 6].Select(OneAddress.Stranger)),
        (1, Gen.Int[7, 8].Select(OneAddress.Owner))
    );

    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (6, Gen.Select(Somebody, Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true)))).Select((w, s) => (Step)new Asks(w, s))),
        (3, Gen.Select(Somebody, Gen.Int[0, 4], Gen.Bool).Select((w, n, s) => (Step)new Types(w, n, s))),
        (2, Gen.Select(Somebody, Gen.Int[1, 15]).Select((w, n) => (Step)new Guesses(w, n))),
        (1, Gen.Int[0, 4].Select(n => (Step)new Follows(n))),
        (4, Gen.Frequency((6, Gen.Int[0, 6]), (1, Gen.Int[60, 900])).Select(m => (Step)new Waits(TimeSpan.FromMinutes(m))))
    );

    [Fact]
    public void the_rules_do_what_a_model_that_forgets_nothing_does() =>
        AnyStep.Array[1, 120].Sample(steps => Run(steps), iter: 3_000, print: steps => string.Join("\n", steps.AsEnumerable()));

    private static void Run(Step[] steps)
    {
        var (rules, model) = (new OneAddress(Start), new Model());
        foreach (var step in steps)
            switch (step)
            {
                case Waits waits:
                    rules.Now += waits.For;
                    break;
                case Asks asks:
                    var (own, goes, withCode) = model.Ask(asks.Who, rules.Now);
                    var message = rules.Ask(asks.Who, asks.Strong);
                    (message is not null).ShouldBe(goes);
                    if (message is not null)
                    {
                        (message.CodeHash is not null).ShouldBe(withCode);
                        model.Went.Add(new(message.Id, asks.Who, own && asks.Who.Known, asks.Strong, withCode, rules.Now));
                    }
                    SignInRules.Enough(rules.State, rules.Now).Latest.ShouldNotBeNull("whoever asks has something that counts");
                    break;
                case Types types when model.Went.Count > types.Which:
                    var typed = model.Went[^(types.Which + 1)];
                    var expected = model.Type(types.Who, typed, types.Strong, rules.Now);
                    rules.Try(types.Who, OneAddress.Code(typed.Id), types.Strong).ShouldBe(expected);
                    break;
                case Guesses guesses:
                    for (var i = 0; i < guesses.Times; i++)
                        rules.Try(guesses.Who, "a guess").ShouldBe(model.Type(guesses.Who, null, false, rules.Now));
                    break;
                case Follows follows when model.Went.Count > follows.Which:
                    var followed = model.Went[^(follows.Which + 1)];
                    rules.Follow(followed.Id).ShouldBe(model.Follow(followed, rules.Now));
                    break;
            }
        model.Wrong.Count(w => !w.Known && w.At > rules.Now - SignInRules.Day).ShouldBeLessThanOrEqualTo(SignInRules.WrongCodes);
        var live = (rules.State?.Live ?? []).Count(m => m.At > rules.Now - SignInRules.Life);
        live.ShouldBeLessThanOrEqualTo(SignInRules.MostLive + 2 * SignInRules.OfKnown, "two known browsers beside all strangers");
    }

    private sealed record Message(Guid Id, Visitor Who, bool OnItsOwn, bool Strong, bool WithCode, DateTimeOffset At);

    private sealed class Model
    {
        /// <summary>How many messages went before the last sign-in: they count no more, neither as codes nor against strangers.</summary>
        private int used;

        public List<Message> Went { get; } = [];

        public List<WrongCode> Wrong { get; } = [];

        public (bool Own, bool Goes, bool WithCode) Ask(Visitor who, DateTimeOffset now)
        {
            var mine = Went.Where(m => m.Who == who && (who.Known ? m.OnItsOwn : !Forgotten(m))).ToList();
            var strangers = Went.Where(m => !m.OnItsOwn && !Forgotten(m)).ToList();
            var recent = strangers.Count(m => Young(m, now));
            var own = who.Known
                ? mine.Count(m => Young(m, now)) < 5 && mine.Count(m => m.At > now.AddDays(-1)) < 40
                : mine.Any(m => Counts(m, now)) && mine.Count(m => Young(m, now)) < 2;
            var common = recent == 0 || (recent < 3 && strangers.Count(m => m.At > now.AddDays(-1)) < 20);
            return (own, own || common, !Spent(who, now));
        }

        public bool? Type(Visitor who, Message? message, bool strong, DateTimeOffset now)
        {
            if (Spent(who, now) || !Went.Any(m => Counts(m, now) && m.WithCode))
                return null;
            var right = message is not null && Counts(message, now) && message.WithCode && Fits(message, who, strong);
            if (right)
                used = Went.Count;
            else
                Wrong.Add(new WrongCode(who.Browser, who.Known, now));
            return right;
        }

        public bool Follow(Message message, DateTimeOffset now)
        {
            var counts = Counts(message, now);
            if (counts)
                used = Went.Count;
            return counts;
        }

        private bool Forgotten(Message message) => Went.IndexOf(message) < used;

        private bool Counts(Message message, DateTimeOffset now) => Young(message, now) && !Forgotten(message);

        private static bool Fits(Message message, Visitor who, bool strong) =>
            message.Strong ? message.Who.Browser == who.Browser : !strong;

        private static bool Young(Message message, DateTimeOffset now) => message.At > now.AddMinutes(-15);

        private bool Spent(Visitor who, DateTimeOffset now) =>
            Wrong.Count(w => w.At > now.AddDays(-1) && w.Known == who.Known && (!who.Known || w.Browser == who.Browser)) >= 20;
    }
}
