using Shouldly;
using Stages.Contracts.Scheduling;
using Stages.Vocabulary;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>Contracts depend on nothing, so that their defaults stand in them once more: here they are held to the vocabulary's.</summary>
public sealed class DefaultsTests
{
    [Fact]
    public void a_contract_without_rules_has_the_usual_ones() =>
        new CampaignRules().ShouldBe(
            new CampaignRules(
                CampaignDefaults.GroupMin,
                CampaignDefaults.GroupMax,
                CampaignDefaults.ModulesMin,
                CampaignDefaults.ModulesMax,
                CampaignDefaults.ModulesPerDayMax,
                CampaignDefaults.SingleWeek
            )
        );
}
