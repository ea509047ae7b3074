using System.Globalization;
using Stages.Portal.Gateway;

namespace Stages.Portal.Tests;

/// <summary>How a period is said to people.</summary>
public sealed class RetentionWordsTests
{
    [Theory]
    [InlineData(1, "1 jour", "1 day")]
    [InlineData(30, "30 jours", "30 days")]
    [InlineData(180, "6 mois", "6 months")]
    [InlineData(365, "1 an", "1 year")]
    [InlineData(730, "2 ans", "2 years")]
    [InlineData(912, "2,5 ans", "2.5 years")]
    public void a_period_is_said_in_the_unit_in_which_people_think(int days, string fr, string en)
    {
        foreach (var (language, words) in new[] { ("fr", fr), ("en", en) })
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            RetentionFacts.Long(days).ShouldBe(words);
        }
    }
}
