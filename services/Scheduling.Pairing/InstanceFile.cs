namespace Stages.Pairing;

/// <summary>An instance that cannot be read; <see cref="Place"/> says where, as <c>pupils[12].wishes[0].subject</c>.</summary>
public sealed class MalformedInstanceException : Exception
{
    public MalformedInstanceException(string place, string message, Exception? inner = null)
        : base(place.Length == 0 ? message : $"{place}: {message}", inner) => Place = place;

    public MalformedInstanceException() => Place = "";

    public MalformedInstanceException(string message)
        : base(message) => Place = "";

    public MalformedInstanceException(string message, Exception innerException)
        : base(message, innerException) => Place = "";

    public string Place { get; }
}

/// <summary>Reads and writes problems as JSON, streamed: a file of the whole académie is over 100 MB.</summary>
public static class InstanceFile
{
    /// <summary>Reads and validates an instance.</summary>
    /// <exception cref="MalformedInstanceException">The JSON or what it says is wrong.</exception>
    public static async Task<Problem> ReadAsync(Stream stream, CancellationToken cancel = default)
    {
        var problem = await Json.ReadAsync<Problem>(stream, cancel);
        if (problem.Format != Problem.FormatName)
            throw new MalformedInstanceException("format", $"'{problem.Format}' is not {Problem.FormatName}");
        ProblemValidation.Check(problem);
        return problem;
    }

    public static Task<Problem> ReadAsync(string path, CancellationToken cancel = default) => Json.ReadAsync(path, ReadAsync, cancel);

    public static Task WriteAsync(Stream stream, Problem problem, CancellationToken cancel = default) =>
        Json.WriteAsync(stream, problem, cancel);

    public static Task WriteAsync(string path, Problem problem, CancellationToken cancel = default) =>
        Json.WriteAsync(path, problem, cancel);
}

/// <summary>Reads and writes proposals as JSON, streamed.</summary>
public static class ProposalFile
{
    /// <exception cref="MalformedInstanceException">The JSON or what it says is wrong.</exception>
    public static async Task<Proposal> ReadAsync(Stream stream, CancellationToken cancel = default)
    {
        var read = await Json.ReadAsync<ProposalDocument>(stream, cancel);
        if (read.Format != Proposal.FormatName)
            throw new MalformedInstanceException("format", $"'{read.Format}' is not {Proposal.FormatName}");
        return new Proposal(
            read.Seed,
            read.ElapsedSeconds,
            read.Score ?? new Score(0, 0, 0, 0, 0, 0),
            read.Stages,
            read.Unplaced ?? [],
            read.Changes
        );
    }

    public static Task<Proposal> ReadAsync(string path, CancellationToken cancel = default) => Json.ReadAsync(path, ReadAsync, cancel);

    public static Task WriteAsync(Stream stream, Proposal proposal, CancellationToken cancel = default) =>
        Json.WriteAsync(stream, proposal, cancel);

    public static Task WriteAsync(string path, Proposal proposal, CancellationToken cancel = default) =>
        Json.WriteAsync(path, proposal, cancel);

    // A proposal written by another program (a spreadsheet, the first-come baseline) may have stages alone.
    private sealed record ProposalDocument(
        string Format,
        IReadOnlyList<ProposedStage> Stages,
        int Seed = 0,
        double ElapsedSeconds = 0,
        Score? Score = null,
        IReadOnlyList<UnplacedWish>? Unplaced = null,
        IReadOnlyList<Change>? Changes = null
    );
}
