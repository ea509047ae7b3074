using Stages.Portal.SignIns;

namespace Stages.Portal.Tests.SignIn;

/// <summary>What goes to an address, what counts and for how long; <see cref="SignInModelTests"/> has the same in any order.</summary>
public sealed class SignInRulesTests
{
    private static readonly DateTimeOffset Now = new(2021, 3, 22, 13, 0, 0, TimeSpan.Zero);
    private static readonly Visitor Me = OneAddress.Stranger(1);
    private static readonly Visitor Other = OneAddress.Stranger(2);

    private readonly OneAddress address = new(Now);

    [Fact]
    public void the_right_code_signs_in_once()
    {
        var code = OneAddress.Code(address.Ask(Me)!.Id);
        address.Try(Me, code).ShouldBe(true);
        address.Try(Me, code).ShouldBeNull();
    }

    [Fact]
    public void every_code_of_the_last_quarter_of_an_hour_works_until_one_is_used()
    {
        var (first, second) = (address.Ask(Me)!, address.Ask(Me)!);
        address.Now += SignInRules.Life - TimeSpan.FromSeconds(1);
        address.Try(Other, OneAddress.Code(first.Id)).ShouldBe(true);
        address.Try(Me, OneAddress.Code(second.Id)).ShouldBeNull();
        address.Follow(second.Id).ShouldBeFalse();
    }

    [Fact]
    public void link_and_code_end_after_fifteen_minutes()
    {
        var asked = address.Ask(Me)!;
        address.Now += SignInRules.Life;
        address.Try(Me, OneAddress.Code(asked.Id)).ShouldBeNull();
        address.Follow(asked.Id).ShouldBeFalse();
    }

    [Fact]
    public void a_code_of_staff_works_in_the_browser_that_asked_and_its_link_in_any()
    {
        var asked = address.Ask(Me, strong: true)!;
        address.Try(Other, OneAddress.Code(asked.Id), strong: true).ShouldBe(false);
        address.Try(Me, OneAddress.Code(asked.Id), strong: true).ShouldBe(true);
        address.Follow(address.Ask(Me, strong: true)!.Id).ShouldBeTrue();
    }

    [Fact]
    public void six_digits_do_not_open_the_page_of_staff() =>
        address.Try(Me, OneAddress.Code(address.Ask(Me)!.Id), strong: true).ShouldBe(false);

    [Fact]
    public void twenty_wrong_codes_leave_the_link_alone_until_tomorrow()
    {
        var asked = address.Ask(Me)!;
        for (var i = 0; i < SignInRules.WrongCodes; i++)
            address.Try(Other, "wrong").ShouldBe(false);
        address.Try(Me, OneAddress.Code(asked.Id)).ShouldBeNull();
        address.Ask(Me)!.CodeHash.ShouldBeNull();
        address.Follow(asked.Id).ShouldBeTrue();

        address.Now += SignInRules.Day;
        address.Try(Me, OneAddress.Code(address.Ask(Me)!.Id)).ShouldBe(true);
    }

    [Fact]
    public void strangers_wrong_codes_do_not_turn_off_those_of_a_known_browser()
    {
        address.Ask(Other);
        for (var i = 0; i < SignInRules.WrongCodes; i++)
            address.Try(Other, "wrong");
        var owner = OneAddress.Owner(3);
        address.Try(owner, OneAddress.Code(address.Ask(owner)!.Id)).ShouldBe(true);
    }

    [Fact]
    public void strangers_do_not_use_up_the_messages_of_the_owner()
    {
        address.Ask(Me).ShouldNotBeNull();
        for (var i = 2; i < 50; i++)
            address.Ask(OneAddress.Stranger(i));
        address.Ask(OneAddress.Stranger(60)).ShouldBeNull();
        address.Ask(Me).ShouldNotBeNull("the browser whose question is open may repeat it");
        address.Ask(Me).ShouldBeNull("once");
        address.Ask(OneAddress.Owner(61)).ShouldNotBeNull("and one that has signed in with the address has room of its own");
    }

    [Fact]
    public void a_message_always_counts_or_can_be_had_whatever_strangers_do_all_day()
    {
        for (var i = 0; i < 24 * 60; i++)
        {
            address.Ask(OneAddress.Stranger(i));
            SignInRules.Enough(address.State, address.Now).Latest.ShouldNotBeNull();
            address.Now += TimeSpan.FromMinutes(1);
        }
    }

    [Fact]
    public void what_counts_is_told()
    {
        address.Ask(Me);
        address.Now += TimeSpan.FromMinutes(5);
        address.Ask(Me);
        var told = SignInRules.Enough(address.State, address.Now);
        told.Fr.ShouldBe("Nous vous avons déjà envoyé 2 messages : le plus récent, de 14 h 05, marche encore jusqu’à 14 h 20.");
        told.En.ShouldBe("We have already sent you 2 messages: the latest, of 14:05, still works until 14:20.");
        new MailedEnough(1, null, LinkAlone: false, Now).Fr.ShouldBe(
            "Nous vous avons déjà envoyé un message : aucun ne marche plus. Le prochain pourra partir à 14 h 00."
        );
    }

    [Fact]
    public void a_message_that_could_not_be_handed_over_did_not_go()
    {
        address.Withdraw(address.Ask(Me)!.Id);
        address.State.ShouldBeNull();
        SignInRules.Withdraw(null, Guid.Empty, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void nothing_is_kept_for_longer_than_it_limits()
    {
        address.Ask(Me);
        address.Now += TimeSpan.FromMinutes(1);
        address.Try(Me, "wrong");
        address.State!.EndsAt.ShouldBe(address.Now + SignInRules.Day);

        var effects = SignInSweep.Forget(address.State.EndsAt.AddSeconds(1)).Effects;
        effects.OfType<Effect.DeleteWhere<AddressSignIns>>().Single().Which.Compile()(address.State).ShouldBeTrue();
        var link = new SignInLink(Guid.Empty, Guid.Empty, Guid.Empty, "", address.State.EndsAt);
        effects.OfType<Effect.DeleteWhere<SignInLink>>().Single().Which.Compile()(link).ShouldBeTrue();
    }
}
