namespace Stages.Architecture.Tests;

/// <summary>Where the sources are.</summary>
internal static class Checkout
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Stages.sln")))
                return folder.FullName;
        throw new InvalidOperationException("Stages.sln is above no folder of this test.");
    }
}
