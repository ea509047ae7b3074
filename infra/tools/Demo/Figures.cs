using System.Text.Json.Serialization;

namespace Stages.Demo;

/// <summary>The figures of a played campaign, as the last line of <c>infra/run --demo --once</c> gives them.</summary>
/// <param name="Bound">No timetable can place more weight than this.</param>
/// <param name="CalendarEvents">Published modules found in the calendars of the people who attend them.</param>
/// <param name="Seconds">From the start of infra/run.</param>
public sealed record Figures(
    int Enrolments,
    int Offers,
    int Wishes,
    int PlacedWishes,
    double PlacedWeight,
    double Bound,
    int Stages,
    int Published,
    int MailsDelivered,
    int CalendarEvents,
    int Seconds
);

/// <summary>The figures as one line of JSON, with the names that scripts read.</summary>
[JsonSerializable(typeof(Figures))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class FiguresJson : JsonSerializerContext;
