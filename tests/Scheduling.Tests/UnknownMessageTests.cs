using Stages.Contracts;
using Stages.Contracts.Enrolment;
using Stages.Testing;
using Xunit;

namespace Stages.Scheduling.Tests;

/// <summary>In a rolling upgrade a publisher may be newer than we are.</summary>
public sealed class UnknownMessageTests(SchedulingService service)
{
    private static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    [Fact]
    public Task messages_of_an_unknown_type_are_kept_and_block_nobody() =>
        service.TakesWhatIsBehindUnknown(Topology.Scheduling, new EnrolmentErased(Id(), Id(), 2));
}
