using System.Security.Cryptography;
using System.Text;
using Orleans.Runtime;

namespace Stages.Classrooms.Copies;

/// <summary>The id of this process among the copies of the service: it follows from its address, and dies with it.</summary>
public sealed class ThisCopy(ILocalSiloDetails details)
{
    private readonly Lazy<Guid> id = new(() => IdOf(details.SiloAddress));

    public Guid Id => id.Value;

    public SiloAddress Address => details.SiloAddress;

    /// <summary>As the log of a class names it: whoever knows which copies live knows which of these do.</summary>
    public static Guid IdOf(SiloAddress address) => new(SHA256.HashData(Encoding.ASCII.GetBytes(address.ToParsableString())).AsSpan(0, 16));
}
