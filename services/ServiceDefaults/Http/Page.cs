namespace Stages.ServiceDefaults;

/// <summary>
/// A page of a list: <c>{ "items": […], "next": "…" | null }</c>; <paramref name="Next"/> is given back as <c>?after=</c>.
/// </summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A page of a table that people sort and leaf through: it says how many lines there are in all.</summary>
public sealed record Sheet<T>(IReadOnlyList<T> Items, string? Next, int Total);
