namespace Stages.ServiceDefaults;

/// <summary>
/// What <c>infra/run --only</c> has written for a service that somebody starts by hand, in a debugger. A launch profile can say no
/// more than the name of that file: passwords and ports are drawn at the first run.
/// </summary>
public static class LaunchEnvironment
{
    /// <summary>Names the file, from a folder above; set by launch profiles alone.</summary>
    public const string Variable = "STAGES_ENVIRONMENT_FILE";

    /// <summary>Reads the file, if one is named, over everything that is configured so far.</summary>
    public static void AddLaunchEnvironment(this ConfigurationManager configuration)
    {
        if (configuration[Variable] is { Length: > 0 } named)
            configuration.AddInMemoryCollection(Parse(File.ReadLines(Find(named))));
    }

    /// <summary>As the process' own environment would be read: two underscores part a key, the host's prefix falls.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Parse(IEnumerable<string> lines) =>
        from line in lines
        let at = line.IndexOf('=', StringComparison.Ordinal)
        where at > 0 && line[0] != '#'
        let name = line[..at].Replace("ASPNETCORE_", "", StringComparison.Ordinal).Replace("__", ":", StringComparison.Ordinal)
        select KeyValuePair.Create<string, string?>(name, line[(at + 1)..]);

    private static string Find(string named)
    {
        // From wherever it is started: the project's folder (an editor, dotnet run) or the checkout's root.
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, named) is var path && File.Exists(path))
                return path;
        throw new InvalidOperationException(
            $"There is no {named}: start infra/run --only {Path.GetFileNameWithoutExtension(named)} first, and let it run."
        );
    }
}
