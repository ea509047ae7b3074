namespace Stages.Scheduling;

/// <summary>
/// Who decided: kept in the event, so that the history of a campaign tells it. A coordinator decides in an office and is named;
/// of teachers and families only the account is kept, which says nothing once their data is erased.
/// </summary>
public sealed record Actor(Guid? Id, string Role, string? Name)
{
    /// <summary>The service itself: a job, or the answer to another service's message.</summary>
    public static readonly Actor System = new(null, "system", null);

    /// <summary>Of a teacher or a family remains that it was one.</summary>
    public Actor Forgotten() => Name is null && Id is not null ? this with { Id = Guid.Empty } : this;

    public static Actor Of(Caller caller) => new(caller.Id, caller.Role, caller.IsCoordinator ? caller.Name ?? caller.Email : null);
}
