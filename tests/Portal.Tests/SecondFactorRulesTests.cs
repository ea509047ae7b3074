using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Stages.Portal.Accounts;

namespace Stages.Portal.Tests;

/// <summary>The second factor, by value: what counts once, how often one may be wrong, who may change it.</summary>
public sealed class SecondFactorRulesTests
{
    private static readonly DateTimeOffset Now = new(2021, 3, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly AuthenticatorSet Set = new("sealed", Now);
    private static readonly RecoveryCodesMade Codes = new(["hash-1", "hash-2"], Now);
    private static readonly PasskeyAdded Key = new("cred-1", "public", 3, new Device("mac", "Safari"), Now);
    private static readonly Proof AppProof = new(Proof.App, "app:1");
    private static readonly SecondFactor Nothing = new(Guid.Empty, null, [], [], [], []);
    private static readonly SecondFactor WithApp = Nothing.Apply(Set).Apply(Codes);

    [Fact]
    public void SetApp_gives_codes_with_the_first_way_and_asks_for_proof_afterwards()
    {
        var first = SecondFactorRules.SetApp(null, Set, AppProof, proven: false, Codes);
        first.Events.ShouldBe([Set, new SecondFactorShown("app", "app:1", null, 0, Now), Codes]);
        first.Result.ShouldBeTrue();
        SecondFactorRules.SetApp(null, Set, null, proven: false, Codes).Refusal.ShouldBe(new ProofRefused());
        SecondFactorRules.SetApp(WithApp, Set, AppProof, proven: false, Codes).Refusal.ShouldBe(new ProofNeeded());
        var another = SecondFactorRules.SetApp(WithApp, Set, AppProof, proven: true, Codes);
        another.Events.Count.ShouldBe(2);
        another.Result.ShouldBeFalse();
    }

    [Fact]
    public void AddPasskey_adds_it_once_and_only_for_who_has_shown_the_other()
    {
        var first = SecondFactorRules.AddPasskey(Nothing, Key, proven: false, Codes);
        first.Events.ShouldBe([Key, Codes]);
        first.Result.ShouldBeTrue();
        SecondFactorRules.AddPasskey(WithApp, Key, proven: false, Codes).Refusal.ShouldBe(new ProofNeeded());
        SecondFactorRules.AddPasskey(WithApp, Key, proven: true, Codes).Events.ShouldBe([Key]);
        SecondFactorRules.AddPasskey(WithApp.Apply(Key), Key, proven: true, Codes).Events.ShouldBeEmpty();
    }

    [Fact]
    public void RemovePasskey_leaves_one_way()
    {
        var both = WithApp.Apply(Key);
        SecondFactorRules.RemovePasskey(both, "cred-1", Now).Events.ShouldBe([new PasskeyRemoved("cred-1", Now)]);
        SecondFactorRules.RemovePasskey(both, "cred-2", Now).Refusal.ShouldBe(new NotFound());
        SecondFactorRules.RemovePasskey(Nothing.Apply(Key), "cred-1", Now).Refusal.ShouldBe(new LastFactor());
        both.Apply(new PasskeyRemoved("cred-1", Now)).Passkeys.ShouldBeEmpty();
    }

    [Fact]
    public void MakeCodes_replaces_those_of_before()
    {
        SecondFactorRules.MakeCodes(null, "", Codes).Refusal.ShouldBe(new NotFound());
        var seen = SecondFactorRules.MadeAt(WithApp);
        SecondFactorRules.MakeCodes(WithApp, seen, Codes).Events.ShouldBe([Codes]);
        // Sent twice: the second copy would take away what the first has shown.
        var made = WithApp.Apply(Codes with { At = Now.AddMinutes(1) });
        SecondFactorRules.MakeCodes(made, seen, Codes).Refusal.ShouldBe(new CodesMadeMeanwhile());
        SecondFactorRules.MakeCodes(made, SecondFactorRules.MadeAt(made), Codes).Events.ShouldBe([Codes]);
        SecondFactorRules.MadeAt(null).ShouldBeEmpty();
        WithApp.Apply(new RecoveryCodesMade(["hash-3"], Now)).Codes.ShouldBe(["hash-3"]);
    }

    [Fact]
    public void Reset_leaves_nothing_behind()
    {
        SecondFactorRules.Reset(null, "admin", "seen", Now).ShouldBe(Decision.Nothing);
        SecondFactorRules.Reset(WithApp, "admin", "seen", Now).Events.ShouldBe([new SecondFactorReset("admin", Now, "seen")]);
        var after = WithApp.Apply(Key).Apply(new SecondFactorReset("admin", Now));
        (after.IsSet, after.Codes.Count, after.Passkeys.Count).ShouldBe((false, 0, 0));
    }

    [Fact]
    public void Show_believes_a_code_once()
    {
        var shown = SecondFactorRules.Show(WithApp, AppProof, Now);
        shown.What.Events.ShouldBe([new SecondFactorShown("app", "app:1", null, 0, Now)]);
        shown.Result.ShouldBeTrue();
        var after = WithApp.Apply((SecondFactorShown)shown.Events[0]);
        SecondFactorRules.Show(after, AppProof, Now).Result.ShouldBeFalse();
        SecondFactorRules.Show(null, AppProof, Now).Refusal.ShouldBe(new ProofRefused());
    }

    [Fact]
    public void Show_takes_a_recovery_code_away()
    {
        var proof = new Proof(Proof.Recovery, "hash-1");
        SecondFactorRules.Show(WithApp, proof, Now).Result.ShouldBeTrue();
        var after = WithApp.Apply(new SecondFactorShown(Proof.Recovery, "hash-1", null, 0, Now));
        after.Codes.ShouldBe(["hash-2"]);
        SecondFactorRules.Show(after, proof, Now).Events.ShouldBe([new SecondFactorMissed(Now)]);
    }

    /// <summary>However somebody guesses over a day, they are heard at most five times in any quarter of an hour.</summary>
    [Fact]
    public void Show_hears_few_guesses() =>
        Gen.Int[0, 300]
            .Array[1, 300]
            .Sample(pauses =>
            {
                var (state, now) = (WithApp, Now);
                List<DateTimeOffset> heard = [];
                foreach (var pause in pauses)
                {
                    now = now.AddSeconds(pause);
                    var decision = SecondFactorRules.Show(state, null, now);
                    if (decision.Refusal is not null)
                        continue;
                    heard.Add(now);
                    state = state.Apply(decision.Events.ShouldHaveSingleItem().ShouldBeOfType<SecondFactorMissed>());
                }
                foreach (var at in heard)
                    heard.Count(h => h >= at && h - at < TimeSpan.FromMinutes(15)).ShouldBeLessThanOrEqualTo(5);
                if (now - heard[0] < TimeSpan.FromMinutes(15))
                    heard.Count.ShouldBe(Math.Min(5, pauses.Length));
            });

    [Fact]
    public void Show_never_closes_for_a_passkey()
    {
        var state = Enumerable.Range(0, 9).Aggregate(WithApp.Apply(Key), (s, _) => s.Apply(new SecondFactorMissed(Now)));
        SecondFactorRules.Show(state, AppProof, Now).Refusal.ShouldBe(new TooManyWrongCodes());
        var shown = SecondFactorRules.Show(state, new Proof(Proof.Key, "passkey:1", "cred-1", 9), Now);
        shown.Result.ShouldBeTrue();
        var after = state.Apply((SecondFactorShown)shown.Events[0]);
        after.Passkeys[0].Counter.ShouldBe(9u);
        after.Misses.ShouldBeEmpty();
    }

    [Fact]
    public void codes_of_the_RFC_are_right_and_half_a_minute_off_too()
    {
        var key = "12345678901234567890"u8.ToArray();
        var at = DateTimeOffset.FromUnixTimeSeconds(1_111_111_109);
        AuthenticatorApp.ProofOf(key, "081 804", at).ShouldBe(new Proof(Proof.App, "app:37037036"));
        AuthenticatorApp.ProofOf(key, "081804", at.AddSeconds(30)).ShouldBe(new Proof(Proof.App, "app:37037036"));
        AuthenticatorApp.ProofOf(key, "081804", at.AddSeconds(90)).ShouldBeNull();
        AuthenticatorApp.ProofOf(key, "", at).ShouldBeNull();
    }

    [Fact]
    public void recovery_codes_are_read_as_people_type_them()
    {
        var codes = RecoveryCodes.Make();
        codes.Distinct().Count().ShouldBe(10);
        foreach (var code in codes)
        {
            code.Length.ShouldBe(19);
            RecoveryCodes.Hash($" {code.ToUpperInvariant().Replace('-', ' ')}").ShouldBe(RecoveryCodes.Hash(code));
            // Whoever reads the database has nothing to try codes with; those kept before there was a key go on.
            var plain = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(code.Replace("-", "", StringComparison.Ordinal))));
            RecoveryCodes.Hash(code).ShouldNotBe(plain);
            RecoveryCodes.Among([plain], code).ShouldBe(plain);
            RecoveryCodes.Among([RecoveryCodes.Hash(code)], code).ShouldBe(RecoveryCodes.Hash(code));
        }
    }
}
