using Stages.Contracts;
using Stages.Testing;
using Xunit;

namespace Stages.Notifications.Tests;

/// <summary>In a rolling upgrade a publisher may be newer than we are.</summary>
public sealed class UnknownMessageTests(NotificationService service)
{
    private static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    [Fact]
    public Task messages_of_an_unknown_type_are_kept_and_block_nobody() =>
        service.TakesWhatIsBehindUnknown(Topology.Notification, Some.CampaignOpened(Id()));
}
