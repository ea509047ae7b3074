using JasperFx.Events;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Runs;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>Every event that a campaign's history can show has words of its own: nobody reads a name of the code.</summary>
public sealed class HistoryTextsTests
{
    private static readonly Type[] Shown = [typeof(Campaign), typeof(Offer), typeof(Stage), typeof(PairingRun), typeof(Timetable)];

    [Fact]
    public void whatever_can_happen_is_told_in_words()
    {
        var names = Shown
            .SelectMany(aggregate => aggregate.GetMethods())
            .Where(method => method.Name is "Apply" or "Create")
            .Select(method => method.GetParameters()[0].ParameterType)
            .Select(type =>
                type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEvent<>) ? type.GetGenericArguments()[0] : type
            )
            .Select(type => InLog(type.Name))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        names.Length.ShouldBeGreaterThan(20);
        names.Except(ReadHistory.Texts.Keys, StringComparer.Ordinal).ShouldBeEmpty();
    }

    /// <summary>As the log writes the names of events.</summary>
    private static string InLog(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? $"{(i > 0 ? "_" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
}
