namespace Stages.Portal.Tests;

/// <summary>The privacy page says what the jobs do, and what it cannot know for now.</summary>
public sealed class PrivacyPageTests(PortalService service)
{
    [Theory]
    [InlineData("/confidentialite")]
    [InlineData("/confidentialite/registre")]
    public async Task periods_are_those_of_the_rules(string address)
    {
        using var client = service.Client();
        var page = await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        page.ShouldContain("Listes déposées par les coordonnateurs");
        page.ShouldContain("1 jour");
        page.ShouldContain("7 jours");
        page.ShouldNotContain("Rien n’est enregistré");
    }
}
