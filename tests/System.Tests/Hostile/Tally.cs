using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Hostile;

/// <summary>How much a walk tried, in the test's own output and for <c>tests/hostile</c>, which adds it up.</summary>
internal static class Tally
{
    public static void Of(string walk, int requests)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Servers.Checkout, "artifacts", "hostile"));
        File.WriteAllText(Path.Combine(folder.FullName, walk + ".txt"), $"{requests} {walk}\n");
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests} requests: {walk}");
    }
}
