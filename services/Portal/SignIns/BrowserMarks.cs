using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Stages.Portal.SignIns;

/// <summary>What a browser carries, sealed: its number, and the addresses (by their ids) with which it has signed in.</summary>
public sealed record BrowserMark(Guid Id, IReadOnlyList<Guid> Known);

/// <summary>
/// Tells a browser that asks from others that ask for the same address. The mark opens nothing: it has room where strangers have
/// spent theirs, a code of staff works in the browser that asked, and a link opened elsewhere asks first.
/// </summary>
public sealed class BrowserMarks(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string CookieName = "stages-browser";

    /// <summary>Of one device; a family's is used by both parents, a school's by many.</summary>
    private const int MostAddresses = 8;

    private static readonly TimeSpan Life = TimeSpan.FromDays(400);

    private readonly IDataProtector seal = protection.CreateProtector("stages.browser.v1");

    /// <summary>Who asks about this address. A browser without a mark gets one.</summary>
    public Visitor Visit(HttpContext http, Guid address)
    {
        var mark = Read(http) ?? Write(http, new BrowserMark(Guid.CreateVersion7(clock.GetUtcNow()), []));
        return new Visitor(mark.Id, mark.Known.Contains(address), NetworkOf(http.Connection.RemoteIpAddress));
    }

    /// <summary>Whether this is the browser with that number; a browser without a mark is none, and gets none.</summary>
    public bool Is(HttpContext http, Guid browser) => Read(http)?.Id == browser;

    /// <summary>Whether this browser has signed in with the address before; one without a mark gets none by being asked.</summary>
    public bool Knows(HttpContext http, Guid address) => Read(http)?.Known.Contains(address) == true;

    /// <summary>From now on this browser has signed in with the address.</summary>
    public void Know(HttpContext http, Guid address)
    {
        var mark = Read(http) ?? new BrowserMark(Guid.CreateVersion7(clock.GetUtcNow()), []);
        Write(http, mark with { Known = [.. mark.Known.Where(k => k != address).TakeLast(MostAddresses - 1), address] });
    }

    /// <summary>An IPv4 address; of IPv6 the first half, which is what one household or one machine is given.</summary>
    public static string NetworkOf(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    private BrowserMark? Read(HttpContext http)
    {
        if (http.Items.TryGetValue(CookieName, out var written))
            return (BrowserMark?)written;
        if (http.ReadCookie(CookieName) is not { Length: > 0 } value)
            return null;
        try
        {
            return JsonSerializer.Deserialize<BrowserMark>(seal.Unprotect(value));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private BrowserMark Write(HttpContext http, BrowserMark mark)
    {
        http.Items[CookieName] = mark;
        http.WriteCookie(CookieName, seal.Protect(JsonSerializer.Serialize(mark)), clock.GetUtcNow() + Life);
        return mark;
    }
}
