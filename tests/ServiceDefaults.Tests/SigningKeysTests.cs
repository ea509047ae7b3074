using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Stages.ServiceDefaults.Tests;

/// <summary>A signing key is changed while everything runs: nobody is signed out, and what the old one signed ends with it.</summary>
public sealed class SigningKeysTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();
    private readonly ECDsa old = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa young = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Hand clock = new();

    public void Dispose()
    {
        File.Delete(file);
        old.Dispose();
        young.Dispose();
    }

    [Fact]
    public async Task both_keys_are_good_while_they_overlap_and_the_old_one_ends_with_its_tokens()
    {
        Write(old);
        var keys = new SigningKeys(file, clock);
        var handler = new RememberedTokens(clock, keys);
        var (before, after) = (Token(old), Token(young));
        (await Good(before)).ShouldBeTrue();
        (await Good(after)).ShouldBeFalse();

        Write(old, young);
        clock.Now = clock.Now.AddSeconds(6);
        (await Good(before)).ShouldBeTrue();
        (await Good(after)).ShouldBeTrue();

        Write(young);
        clock.Now = clock.Now.AddSeconds(6);
        (await Good(before)).ShouldBeFalse("a token that was believed before is not remembered beyond its key");
        (await Good(after)).ShouldBeTrue();

        async Task<bool> Good(string token) =>
            (
                await handler.ValidateTokenAsync(
                    token,
                    new TokenValidationParameters
                    {
                        ValidIssuer = "local-test",
                        ValidAudience = Tokens.AudienceOf("enrolment"),
                        IssuerSigningKeyResolver = (_, _, id, _) => keys.For(id),
                        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                    }
                )
            ).IsValid;
    }

    [Fact]
    public void a_token_names_its_key_and_a_file_half_written_changes_nothing()
    {
        new JsonWebToken(Token(old)).Kid.ShouldBe(SigningKeys.IdOf(old));
        Write(old);
        var keys = new SigningKeys(file, clock);
        File.WriteAllText(file, "");
        clock.Now = clock.Now.AddSeconds(6);
        keys.For(SigningKeys.IdOf(old)).ShouldHaveSingleItem();
        keys.For(null).ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(() => new SigningKeys(file, clock)).Message.ShouldContain("no public key");
    }

    private void Write(params ECDsa[] keys) =>
        File.WriteAllText(file, string.Join("\n", keys.Select(k => k.ExportSubjectPublicKeyInfoPem())) + "\n");

    private string Token(ECDsa key) =>
        Tokens.Mint(
            key,
            "local-test",
            "enrolment",
            new Caller(Guid.Empty, Roles.Family, null, null, null),
            clock.Now,
            TimeSpan.FromMinutes(10)
        );

    private sealed class Hand : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
