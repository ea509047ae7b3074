using System.IO.Compression;
using Stages.Pairing;

namespace Stages.Scheduling.Runs;

/// <summary>Instances and proposals as compressed files of their formats, stages-pairing/1 and stages-proposal/1.</summary>
public static class RunFiles
{
    public static async Task<byte[]> Pack(Problem problem, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            await InstanceFile.WriteAsync(gzip, problem, cancel);
        return bytes.ToArray();
    }

    public static async Task<byte[]> Pack(Proposal proposal, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            await ProposalFile.WriteAsync(gzip, proposal, cancel);
        return bytes.ToArray();
    }

    public static async Task<Problem> Problem(byte[] file, CancellationToken cancel)
    {
        await using var json = Open(file);
        return await InstanceFile.ReadAsync(json, cancel);
    }

    public static async Task<Proposal> Proposal(byte[] file, CancellationToken cancel)
    {
        await using var json = Open(file);
        return await ProposalFile.ReadAsync(json, cancel);
    }

    /// <summary>The JSON itself.</summary>
    public static Stream Open(byte[] file) => new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
}
