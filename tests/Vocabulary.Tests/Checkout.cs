namespace Stages.Vocabulary.Tests;

internal static class Checkout
{
    public static string Path(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Stages.sln")))
                return System.IO.Path.Combine(folder.FullName, file);
        throw new InvalidOperationException("Stages.sln is above no folder of this test.");
    }
}
