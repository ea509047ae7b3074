using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Runs;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

public sealed class HistoryTests
{
    /// <summary>Whose streams the history of a campaign is made of.</summary>
    private static readonly Type[] Told = [typeof(Campaign), typeof(Offer), typeof(PairingRun), typeof(Timetable), typeof(Stage)];

    [Fact]
    public void whatever_happens_in_a_campaign_is_told_in_words()
    {
        var events = Told.SelectMany(state => state.GetMethods())
            .Where(m => m.Name is "Create" or "Apply")
            .Select(m => m.GetParameters()[0].ParameterType)
            .Select(t => t.IsGenericType ? t.GetGenericArguments()[0] : t)
            .Distinct()
            .ToList();
        events.Count.ShouldBeGreaterThan(30);
        events.Where(e => !ReadHistory.HasWordsFor(e)).Select(e => e.Name).ShouldBeEmpty();
    }
}
