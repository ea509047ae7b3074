using Stages.Portal.Staff;

namespace Stages.Portal.Tests;

/// <summary>Who holds a role of the académie: given twice it is given once, and somebody is always left to give it.</summary>
public sealed class StaffDirectoryTests
{
    private static readonly StaffAppointed Appointed = new("claire@ac.example", "Claire", Roles.Coordinator, "034", "admin@ac.example");
    private static readonly StaffDismissed Dismissed = new("admin@ac.example");
    private static readonly StaffMember Claire = new(
        Guid.Empty,
        Appointed.Email,
        Appointed.Name,
        Appointed.Role,
        Appointed.Territory,
        Active: true
    );

    [Fact]
    public void somebody_new_is_appointed() => StaffDirectory.Decide(null, Appointed).Events.ShouldBe([Appointed]);

    [Fact]
    public void the_same_appointment_twice_is_one() => StaffDirectory.Decide(Claire, Appointed).ShouldBe(Decision.Nothing);

    [Fact]
    public void another_name_role_or_territory_is_another_appointment()
    {
        foreach (
            var other in new[]
            {
                Appointed with
                {
                    Name = "Claire M.",
                },
                Appointed with
                {
                    Role = Roles.Admin,
                },
                Appointed with
                {
                    Territory = null,
                },
            }
        )
            StaffDirectory.Decide(Claire, other).Events.ShouldBe([other]);
    }

    [Fact]
    public void who_was_dismissed_may_come_back() => StaffDirectory.Decide(Claire.Apply(Dismissed), Appointed).Events.ShouldBe([Appointed]);

    [Fact]
    public void a_dismissal_counts_once()
    {
        StaffDirectory.Decide(Claire, Dismissed, anotherAdmin: false).Events.ShouldBe([Dismissed]);
        StaffDirectory.Decide(Claire.Apply(Dismissed), Dismissed, anotherAdmin: true).ShouldBe(Decision.Nothing);
        StaffDirectory.Decide(null, Dismissed, anotherAdmin: true).Refusal.ShouldBe(new NotFound());
    }

    [Fact]
    public void the_last_admin_stays()
    {
        var admin = Claire with { Role = Roles.Admin };
        StaffDirectory.Decide(admin, Dismissed, anotherAdmin: false).Refusal.ShouldBe(new LastAdmin());
        StaffDirectory.Decide(admin, Dismissed, anotherAdmin: true).Events.ShouldBe([Dismissed]);
        StaffDirectory.Decide(admin.Apply(Dismissed), Dismissed, anotherAdmin: false).ShouldBe(Decision.Nothing);
    }
}
