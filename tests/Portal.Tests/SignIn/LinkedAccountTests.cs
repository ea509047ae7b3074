using System.Security.Claims;
using Stages.Portal.SignIns;
using Stages.Vocabulary;

namespace Stages.Portal.Tests.SignIn;

/// <summary>Whom a provider is believed for, and which account its people are, by value.</summary>
public sealed class LinkedAccountTests
{
    private static readonly DateTimeOffset Now = new(2021, 3, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly Outsider Samia = new("educonnect", "https://idp.example", "s-1", "samia@example.org", Proven: false, "Samia");

    private static Provider Trusting(params string[] domains) =>
        new(
            "educonnect",
            "ÉduConnect",
            "https://idp.example",
            "c",
            null,
            Roles.Family,
            [],
            new Dictionary<string, string>(StringComparer.Ordinal),
            domains,
            "https://idp.example",
            TimeSpan.FromSeconds(10)
        );

    [Theory]
    [InlineData("https://idp.example", true)]
    [InlineData("https://idp.example/", true)]
    [InlineData("https://idp.example.evil", false)]
    [InlineData("http://idp.example", false)]
    public void a_provider_speaks_for_the_configured_issuer_alone(string issuer, bool believed) =>
        Trusting().SpeaksFor(issuer).ShouldBe(believed);

    private static Outsider? Read(Provider provider, string? verified, string email = "samia@example.org") =>
        Outsider.Of(
            new ClaimsPrincipal(
                new ClaimsIdentity([
                    new("sub", "s-1"),
                    new("email", email),
                    .. verified is null ? Array.Empty<Claim>() : [new Claim("email_verified", verified)],
                ])
            ),
            provider
        );

    [Fact]
    public void an_address_is_proven_when_verified_by_who_is_believed_for_it()
    {
        Read(Trusting("example.org"), "true")!.Proven.ShouldBeTrue();
        Read(Trusting("*"), "True")!.Proven.ShouldBeTrue();
        foreach (var verified in new[] { null, "false", "", "1" })
            Read(Trusting("example.org"), verified)!.Proven.ShouldBeFalse();
        foreach (var email in new[] { "samia@sub.example.org", "samia@notexample.org", "samia@example.org.evil.example" })
            Read(Trusting("example.org"), "true", email)!.Proven.ShouldBeFalse();
        Read(Trusting(), "true")!.Proven.ShouldBeFalse();
    }

    [Fact]
    public void a_subject_is_case_sensitive_and_an_issuers_own()
    {
        Guid[] ids = [Samia.Id, (Samia with { Subject = "S-1" }).Id, (Samia with { Issuer = "https://other.example" }).Id];
        ids.Distinct().Count().ShouldBe(3);
        (Samia with { Email = null, Scheme = "renamed" }).Id.ShouldBe(Samia.Id);
    }

    [Fact]
    public void an_address_is_linked_once_and_to_one_person_of_an_issuer()
    {
        var linked = LinkedAccounts.Decide(null, null, Samia, "Samia@example.org", Now);
        var account = linked.Effects.OfType<Effect.Store<LinkedAccount>>().Single().Documents.Single();
        var held = linked.Effects.OfType<Effect.Store<LinkedAddress>>().Single().Documents.Single();
        account.ShouldBe(new LinkedAccount(Samia.Id, PersonId.FromEmail("samia@example.org"), "samia@example.org", Now, "educonnect"));
        LinkedAccounts.Decide(account, held, Samia, "samia@example.org", Now).ShouldBe(Decision.Nothing);
        LinkedAccounts
            .Decide(null, held, Samia with { Subject = "s-2" }, "samia@example.org", Now)
            .Refusal.ShouldBe(new AddressOfAnother());
    }

    [Fact]
    public void an_account_is_unlinked_by_its_owner_alone()
    {
        var account = new LinkedAccount(Samia.Id, PersonId.FromEmail("samia@example.org"), "samia@example.org", Now, "educonnect");
        LinkedAccounts.Unlink(account, Guid.Empty).Refusal.ShouldBe(new NotFound());
        LinkedAccounts.Unlink(null, account.Person).Refusal.ShouldBe(new NotFound());
        var effects = LinkedAccounts.Unlink(account, account.Person).Effects;
        effects.OfType<Effect.Delete<LinkedAccount>>().ShouldHaveSingleItem().Id.ShouldBe(account.Id);
        effects
            .OfType<Effect.DeleteWhere<LinkedAddress>>()
            .Single()
            .Which.Compile()(new(Samia.Id, account.Person, Samia.Id))
            .ShouldBeTrue();
    }

    [Fact]
    public void who_is_erased_is_linked_no_more()
    {
        var person = PersonId.FromEmail("samia@example.org");
        var effects = LinkedAccounts.Forget(person).Effects;
        effects.OfType<Effect.DeleteWhere<LinkedAccount>>().Single().Which.Compile()(new(Samia.Id, person, "", Now)).ShouldBeTrue();
        effects.OfType<Effect.DeleteWhere<LinkedAddress>>().Single().Which.Compile()(new(Samia.Id, person, Samia.Id)).ShouldBeTrue();
    }
}
