namespace Stages.Api.Enrolment;

/// <summary>A school as families see it.</summary>
public sealed record SchoolView(
    string Uai,
    string Name,
    string Type,
    string Commune,
    string Postcode,
    string Department,
    string Priority,
    IReadOnlyList<string> Levels
);
