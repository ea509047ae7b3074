using System.Net;
using Shouldly;
using Xunit;

namespace Stages.ServiceDefaults.Tests;

/// <summary>Of which request something is noted.</summary>
public sealed class AuditTrailTests
{
    [Theory]
    // A family reads its own; staff and teachers read somebody's.
    [InlineData(AuditKinds.Read, Roles.Family, 200, false, true, true, null)]
    [InlineData(AuditKinds.Read, Roles.Teacher, 200, false, true, true, AuditKinds.Read)]
    [InlineData(AuditKinds.Read, Roles.Admin, 200, false, true, true, AuditKinds.Read)]
    [InlineData(AuditKinds.Read, Roles.Coordinator, 200, false, false, false, null)]
    [InlineData(AuditKinds.Read, Roles.Coordinator, 304, false, true, true, AuditKinds.Read)]
    [InlineData(AuditKinds.Read, Roles.Service, 200, false, true, true, null)]
    // What is taken or erased, whoever does it, and not what failed.
    [InlineData(AuditKinds.Export, Roles.Family, 200, false, false, false, AuditKinds.Export)]
    [InlineData(AuditKinds.Erasure, Roles.Coordinator, 204, false, true, false, AuditKinds.Erasure)]
    [InlineData(AuditKinds.Erasure, Roles.Coordinator, 409, false, true, false, null)]
    [InlineData(AuditKinds.Export, Roles.Coordinator, 500, false, true, false, null)]
    // Refusals, of every endpoint.
    [InlineData(null, Roles.Family, 403, false, false, false, AuditKinds.Refused)]
    [InlineData(null, Roles.Coordinator, 404, false, true, false, AuditKinds.Refused)]
    [InlineData(null, Roles.Coordinator, 404, false, false, false, null)]
    [InlineData(null, Roles.Family, 302, true, false, false, AuditKinds.Refused)]
    [InlineData(null, Roles.Family, 401, false, true, false, null)]
    [InlineData(null, Roles.Service, 404, false, true, false, null)]
    [InlineData(null, "", 404, false, true, false, null)]
    [InlineData(null, Roles.Admin, 200, false, true, false, null)]
    public void what_is_noted_follows_from_the_endpoint_and_the_answer(
        string? declared,
        string role,
        int status,
        bool keptOut,
        bool named,
        bool saw,
        string? kind
    ) =>
        AuditTrail
            .KindOf(
                declared,
                new Caller(role == "" ? Guid.Empty : new Guid(1, 0, 0, new byte[8]), role, null, null, null),
                status,
                keptOut,
                named,
                saw
            )
            .ShouldBe(kind);

    [Fact]
    public void a_person_has_an_id_in_the_log_that_is_theirs_there_alone()
    {
        var account = new Guid(7, 0, 0, new byte[8]);
        AuditKey.Person(account).ShouldBe(AuditKey.Person(account));
        AuditKey.Person(account).ShouldNotBe(account);
        AuditKey.Person(account).ShouldNotBe(AuditKey.Person(new Guid(8, 0, 0, new byte[8])));
    }

    [Fact]
    public void a_client_is_known_again_and_its_address_is_not_told()
    {
        var one = AuditKey.Client(IPAddress.Parse("192.0.2.7"))!;
        one.Length.ShouldBe(12);
        one.ShouldBe(AuditKey.Client(IPAddress.Parse("::ffff:192.0.2.7")));
        one.ShouldNotBe(AuditKey.Client(IPAddress.Parse("192.0.2.8")));
        // One household's machines share a network.
        AuditKey.Client(IPAddress.Parse("2001:db8::1")).ShouldBe(AuditKey.Client(IPAddress.Parse("2001:db8::2")));
        AuditKey.Client(IPAddress.Parse("2001:db8::1")).ShouldNotBe(AuditKey.Client(IPAddress.Parse("2001:db8:0:1::1")));
        AuditKey.Client(null).ShouldBeNull();
    }
}
