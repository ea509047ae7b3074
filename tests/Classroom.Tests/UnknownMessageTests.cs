using Stages.Contracts;
using Stages.Contracts.Enrolment;
using Stages.Testing;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>In a rolling upgrade a publisher may be newer than we are.</summary>
public sealed class UnknownMessageTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    [Fact]
    public Task messages_of_an_unknown_type_are_kept_and_block_nobody() =>
        service.TakesWhatIsBehindUnknown(Topology.Classroom, new EnrolmentFamily(Id(), Id(), 1, "Zoé", [Id()]));
}
