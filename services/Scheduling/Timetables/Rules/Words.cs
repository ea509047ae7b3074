using System.Globalization;

namespace Stages.Scheduling.Timetables.Rules;

/// <summary>How the rules name slots, days, subjects and levels to people.</summary>
public static class Words
{
    private static readonly CultureInfo French = new("fr"),
        English = new("en");

    /// <summary><c>lundi 12 avril à 09:00</c>, <c>on Monday 12 April at 09:00</c>.</summary>
    public static (string Fr, string En) At(CampaignPlan plan, string week, int slot)
    {
        var (fr, en) = Day(plan, week, slot);
        return ($"{fr} à {Grid.StartOf(plan, slot):HH\\:mm}", $"on {en} at {Grid.StartOf(plan, slot):HH\\:mm}");
    }

    public static (string Fr, string En) Day(CampaignPlan plan, string week, int slot)
    {
        var date = Grid.DateOf(plan, week, slot);
        return (date.ToString("dddd d MMMM", French), date.ToString("dddd d MMMM", English));
    }

    public static (string Fr, string En) Subject(CampaignPlan plan, Stage stage) =>
        plan.SubjectOf(stage.Subject) is { } subject ? (subject.Name, subject.NameEn) : (stage.Subject, stage.Subject);

    public static (string Fr, string En) Levels(Stage stage) => (string.Join(" et ", stage.Levels), string.Join(" and ", stage.Levels));
}
