using Stages.Portal.SignIns;

namespace Stages.Portal.Tests;

public sealed class SignInRulesTests
{
    private static readonly DateTimeOffset Now = new(2021, 3, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Attempt = Guid.CreateVersion7(Now);

    private static SignInAsked Asked(DateTimeOffset? at = null, Guid? attempt = null) =>
        new(
            attempt ?? Attempt,
            SignInRules.Hash(attempt ?? Attempt, "123456"),
            SignInRules.Hash(attempt ?? Attempt, "secret"),
            at ?? Now,
            (at ?? Now) + SignInRules.Life
        );

    private static AddressSignIns After(params object[] events) =>
        events.Aggregate(
            new AddressSignIns(Guid.Empty, []),
            (state, e) =>
                e switch
                {
                    SignInAsked asked => state.Apply(asked),
                    SignInMissed missed => state.Apply(missed),
                    SignInDone done => state.Apply(done),
                    _ => state,
                }
        );

    [Fact]
    public void the_right_code_signs_in_once()
    {
        var right = SignInRules.TryCode(After(Asked()), Attempt, "123456", Now);
        right.Events.ShouldBe([new SignInDone(Attempt, Now)]);
        right.Result.ShouldBeTrue();
        SignInRules.TryCode(After(Asked(), new SignInDone(Attempt, Now)), Attempt, "123456", Now).Refusal.ShouldBe(new CodeRefused());
    }

    [Fact]
    public void a_wrong_code_counts_and_the_sixth_guess_is_refused_though_right()
    {
        var wrong = SignInRules.TryCode(After(Asked()), Attempt, "000000", Now);
        wrong.Events.ShouldBe([new SignInMissed(Attempt)]);
        wrong.Result.ShouldBeFalse();
        var spent = After([Asked(), .. Enumerable.Repeat(new SignInMissed(Attempt), 5)]);
        SignInRules.TryCode(spent, Attempt, "123456", Now).Refusal.ShouldBe(new CodeRefused());
    }

    [Fact]
    public void link_and_code_end_after_fifteen_minutes()
    {
        var late = Now + SignInRules.Life;
        SignInRules.TryCode(After(Asked()), Attempt, "123456", late).Refusal.ShouldBe(new CodeRefused());
        SignInRules.UseLink(After(Asked()), Attempt, "secret", late).Refusal.ShouldBe(new LinkRefused());
        SignInRules.UseLink(After(Asked()), Attempt, "secret", late.AddSeconds(-1)).Events.Count.ShouldBe(1);
    }

    [Fact]
    public void the_link_works_once_and_spends_the_code_too()
    {
        var used = After(Asked(), new SignInDone(Attempt, Now));
        SignInRules.UseLink(used, Attempt, "secret", Now).Refusal.ShouldBe(new LinkRefused());
        SignInRules.TryCode(used, Attempt, "123456", Now).Refusal.ShouldBe(new CodeRefused());
    }

    [Fact]
    public void five_mails_in_a_quarter_of_an_hour_are_enough_for_an_address()
    {
        var five = After([.. Enumerable.Range(0, 5).Select(i => (object)Asked(Now.AddMinutes(i), Guid.CreateVersion7(Now.AddMinutes(i))))]);
        SignInRules.Ask(five, Asked(Now.AddMinutes(6))).Refusal.ShouldBe(new MailedEnough());
        SignInRules.Ask(five, Asked(Now.AddMinutes(16))).Refusal.ShouldBeNull();
    }
}
