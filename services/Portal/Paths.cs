using System.Text;

namespace Stages.Portal;

/// <summary>Tells addresses that programs read from pages that people read.</summary>
public static class Paths
{
    private static readonly string[] ForPrograms = ["/api", "/calendars", "/hubs", "/health", "/openapi", "/internal"];

    /// <summary><c>/api</c> itself is a page; what is under it is not.</summary>
    public static bool IsApi(PathString path) => Under(path, ForPrograms) && path.Value is not ("/api" or "/api/");

    public static bool Under(PathString path, params ReadOnlySpan<string> beginnings)
    {
        foreach (var beginning in beginnings)
            if (path.StartsWithSegments(beginning, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    /// <summary>An address of this site, fit for a header; anything else could lead people away.</summary>
    public static string Local(string? address, string otherwise = "/") =>
        address is { Length: > 0 }
        && address[0] == '/'
        && (address.Length == 1 || (address[1] != '/' && address[1] != '\\'))
        && !address.Any(char.IsControl)
            ? Escaped(address)
            : otherwise;

    /// <summary>A header takes printable ASCII alone: everything else as a browser would have written it into its address.</summary>
    public static string Escaped(string address) =>
        address.All(c => c is > ' ' and < '\x7f')
            ? address
            : string.Concat(
                address.EnumerateRunes().Select(r => r.Value is > ' ' and < '\x7f' ? r.ToString() : Uri.EscapeDataString(r.ToString()))
            );
}
