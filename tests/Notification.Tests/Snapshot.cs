using System.Runtime.CompilerServices;

namespace Stages.Notifications.Tests;

/// <summary>
/// What people are sent, kept in files that are looked at in review. With <c>STAGES_UPDATE_SNAPSHOTS=1</c> the files are written anew.
/// </summary>
public static class Snapshot
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("STAGES_UPDATE_SNAPSHOTS") == "1";

    public static void Matches(string name, string text, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "Snapshots", name);
        var normal = text.ReplaceLineEndings("\n");
        if (Updates)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, normal);
        }
        File.Exists(file).ShouldBeTrue($"There is no snapshot {name}; write it with STAGES_UPDATE_SNAPSHOTS=1 and look at it");
        normal.ShouldBe(File.ReadAllText(file), $"{name} is not as it was");
    }
}
