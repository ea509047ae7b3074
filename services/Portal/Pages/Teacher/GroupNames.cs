namespace Stages.Portal.Pages.Teacher;

/// <summary>The pupils of one group as their teacher calls them: by first name, with an initial where two have the same.</summary>
public static class GroupNames
{
    public static string Of(Guid pupil, IEnumerable<Guid> group, IReadOnlyDictionary<Guid, PupilName> names) =>
        names.GetValueOrDefault(pupil) is { FirstName.Length: > 0 } known
            ? Namesakes.Of(
                known.FirstName,
                known.LastName,
                group.Select(other => names.GetValueOrDefault(other)).OfType<PupilName>().Select(o => (o.FirstName, o.LastName))
            )
            : Say.In("Élève", "Pupil");
}
