namespace Stages.Portal.Staff;

/// <summary>Somebody was given a role of the académie: coordinator or admin, over a territory (null: the whole académie).</summary>
public sealed record StaffAppointed(string Email, string? Name, string Role, string? Territory, string By);

public sealed record StaffDismissed(string By);

/// <summary>
/// Who holds a role of the académie. The one fact of identity that the Portal decides itself: families and teachers say who they
/// are.
/// </summary>
public sealed record StaffMember(Guid Id, string Email, string? Name, string Role, string? Territory, bool Active)
{
    public static StaffMember Create(JasperFx.Events.IEvent<StaffAppointed> e) =>
        new(e.StreamId, e.Data.Email, e.Data.Name, e.Data.Role, e.Data.Territory, true);

    public StaffMember Apply(StaffAppointed e) =>
        this with
        {
            Email = e.Email,
            Name = e.Name,
            Role = e.Role,
            Territory = e.Territory,
            Active = true,
        };

    public StaffMember Apply(StaffDismissed _) => this with { Active = false };
}

/// <summary>The last admin cannot be dismissed: nobody could appoint another.</summary>
public sealed record LastAdmin()
    : Refusal(
        RefusalKind.Conflict,
        "last-admin",
        "C’est le dernier compte d’administration : nommez d’abord quelqu’un d’autre.",
        "This is the last administrator: appoint somebody else first."
    );
