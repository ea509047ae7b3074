using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>What people do in browsers: these are closed with each test, since a page that stays open goes on asking the house.</summary>
public abstract class Journey(Shared<House> shared) : IClassFixture<Shared<House>>, IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await shared.One.CloseBrowsers();
        GC.SuppressFinalize(this);
    }
}
