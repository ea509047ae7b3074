[assembly: Xunit.AssemblyFixture(typeof(Stages.Portal.Tests.PortalService))]

namespace Stages.Portal.Tests;

/// <summary>The Portal on a real database; the services behind it are away, which is a state that people meet too.</summary>
public class PortalService : ServiceUnderTest<Program>
{
    private static readonly string Nobody = $"http://127.0.0.1:{ServiceProcess.FreePort()}";

    public OpenIdProvider Families { get; } = OpenIdProvider.Start("educonnect-client", "a-secret-of-the-test");

    /// <summary>A provider that never does what it should.</summary>
    public FailingServer Absent { get; } = new();

    public OpenIdProvider Staff { get; } = OpenIdProvider.Start("staff-client", "another-secret-of-the-test");

    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Services:Portal"] = "http://localhost",
            ["Services:Enrolment"] = Nobody,
            ["Services:Scheduling"] = Nobody,
            ["Services:Notification"] = Nobody,
            ["Services:Classroom"] = Nobody,
            ["Portal:Staff:0:Email"] = "camille.martin@example.org",
            ["Portal:Staff:0:Role"] = "admin",
            ["Portal:Staff:0:Name"] = "Camille Martin",
            ["Portal:Staff:1:Email"] = "dominique.faure@example.org",
            ["Portal:Staff:1:Role"] = "coordinator",
            ["Portal:Staff:1:Territory"] = "034",
            ["Portal:Providers:educonnect:Label"] = "ÉduConnect",
            ["Portal:Providers:educonnect:Authority"] = Families.Address,
            ["Portal:Providers:educonnect:ClientId"] = "educonnect-client",
            ["Portal:Providers:educonnect:ClientSecret"] = "a-secret-of-the-test",
            ["Portal:Providers:educonnect:Role"] = "family",
            // These machines are busy, and nothing here waits for it to be over.
            ["Portal:Providers:educonnect:Patience"] = "00:01:00",
            ["Portal:Providers:educonnect:Trusted"] = "example.org, sessions.example, family.example",
            ["Portal:Providers:educonnect:Claims:affiliation"] = "FrEduCtPersonAffiliation",
            ["Portal:Providers:educonnect:Claims:affiliations"] = "resp1d, resp2d",
            ["Portal:Providers:academie:Label"] = "Académie",
            ["Portal:Providers:academie:Authority"] = Staff.Address,
            ["Portal:Providers:academie:ClientId"] = "staff-client",
            ["Portal:Providers:academie:ClientSecret"] = "another-secret-of-the-test",
            ["Portal:Providers:academie:Role"] = "staff",
            ["Portal:Providers:academie:Trusted"] = "example.org, ac-montpellier.fr",
            ["Portal:Providers:academie:Claims:family"] = "usual_name",
            ["Portal:Providers:absent:Label"] = "ProConnect",
            ["Portal:Providers:absent:Authority"] = Absent.Address,
            ["Portal:Providers:absent:Role"] = "staff",
            ["Portal:Providers:absent:Patience"] = "00:00:02",
        };
}
