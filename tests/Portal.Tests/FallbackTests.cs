namespace Stages.Portal.Tests;

/// <summary>A deployer who wants people to come through the providers, with the link kept for the day when one is away.</summary>
public sealed class FallbackPortal : ServiceUnderTest<Program>
{
    private static readonly string Nobody = $"http://127.0.0.1:{ServiceProcess.FreePort()}";

    public OpenIdProvider Families { get; } = OpenIdProvider.Start("educonnect-client", "a-secret-of-the-test");

    public OpenIdProvider Staff { get; } = OpenIdProvider.Start("staff-client", "another-secret-of-the-test");

    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Services:Enrolment"] = Nobody,
            ["Services:Scheduling"] = Nobody,
            ["Services:Notification"] = Nobody,
            ["Services:Classroom"] = Nobody,
            ["Portal:LinkSignIn"] = "fallback",
            ["Portal:ProviderProbeSeconds"] = "1",
            ["Sms:Url"] = Nobody,
            ["Portal:Providers:educonnect:Label"] = "ÉduConnect",
            ["Portal:Providers:educonnect:Patience"] = "00:01:00",
            ["Portal:Providers:educonnect:Authority"] = Families.Address,
            ["Portal:Providers:educonnect:ClientId"] = "educonnect-client",
            ["Portal:Providers:academie:Label"] = "Académie",
            ["Portal:Providers:academie:Patience"] = "00:01:00",
            ["Portal:Providers:academie:Authority"] = Staff.Address,
            ["Portal:Providers:academie:ClientId"] = "staff-client",
            ["Portal:Providers:academie:Role"] = "staff",
        };
}

public sealed class FallbackTests(FallbackPortal portal) : IClassFixture<FallbackPortal>
{
    [Fact]
    public async Task link_and_code_come_when_a_provider_goes()
    {
        using var http = portal.Client();
        Task<string> Page() => http.GetStringAsync("/connexion");
        var without = await Eventually.Is(
            Page,
            page => !page.Contains("name=\"email\"", StringComparison.Ordinal),
            TimeSpan.FromMinutes(3)
        );
        without.ShouldContain("ÉduConnect");
        without.ShouldContain("Académie");

        await portal.Families.DisposeAsync();
        var with = await Eventually.Is(Page, page => page.Contains("name=\"email\"", StringComparison.Ordinal), TimeSpan.FromMinutes(3));
        with.ShouldContain("Ne répond pas en ce moment");
        with.ShouldContain("name=\"phone\"");
    }
}

public sealed class PhoneNumberTests
{
    private static readonly SignIns.PhoneNumbers Phones = new(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());

    [Theory]
    [InlineData("06 39 98 00 01", "+33639980001")]
    [InlineData("+33 (0)6.39.98.00.01", "+33639980001")]
    [InlineData("0033639980001", "+33639980001")]
    [InlineData("0692 12 34 56", "+262692123456")]
    [InlineData("+262 692 12 34 56", "+262692123456")]
    [InlineData("04 67 00 00 00", null)]
    [InlineData("+882 16 000 0000", null)]
    [InlineData("samia@example.org", null)]
    [InlineData("", null)]
    public void codes_go_to_mobiles_of_france_alone(string typed, string? number) => Phones.Read(typed).Number?.ToString().ShouldBe(number);

    [Fact]
    public void a_number_is_shown_as_people_write_it() =>
        SignIns.PhoneNumbers.Shown("+33639980001").ShouldBe("06\u00a039\u00a098\u00a000\u00a001");
}
