using Shouldly;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>A campaign that was opened a second ago is there for those who work with it.</summary>
public sealed class CampaignsAtOnceTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData(360, "fr-FR")]
    [InlineData(1280, "en-GB")]
    public async Task a_coordinator_and_a_teacher_see_a_campaign_as_soon_as_it_is_open(int width, string language)
    {
        var coordinator = await house.Browser(width, 800, language: language);
        await house.SignIn(coordinator, house.NewCoordinator(), "coordinator");
        var teacher = await house.Browser(width, 800, language: language);
        await house.SignIn(teacher, $"prof-{Tag()}@ac-montpellier.fr", "teacher");
        // Twice: a list that is remembered is a second old at the second time at least.
        for (var i = 0; i < 2; i++)
        {
            // Whoever looks now makes the Portal remember the list of before.
            await coordinator.GotoAsync("/");
            await coordinator.GotoAsync("/coordination");
            await teacher.GotoAsync("/enseignant");
            var name = $"Vacances {Tag()}";
            await house.Campaign(0, name);
            await coordinator.ReloadAsync();
            (await coordinator.Locator($".card:has-text('{name}')").CountAsync()).ShouldBe(1);
            await teacher.ReloadAsync();
            (await teacher.Locator($".card:has-text('{name}')").CountAsync()).ShouldBe(1);
        }
        await new Look(house, coordinator, $"coordinator-at-once-{width}", script: true).Page("campaigns");
        await new Look(house, teacher, $"teacher-at-once-{width}", script: true).Page("campaigns");
    }

    private static string Tag() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[20..];
}
