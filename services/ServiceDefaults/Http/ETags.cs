using System.Globalization;

namespace Stages.ServiceDefaults;

/// <summary>The version of what people edit together, as <c>ETag: "7"</c> and <c>If-Match: "7"</c>.</summary>
public sealed record IfMatch(long? Version)
{
    /// <summary>Read from the request; absent or <c>*</c> means that any version will do.</summary>
    public static ValueTask<IfMatch> BindAsync(HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString().Trim();
        if (header is "" or "*")
            return ValueTask.FromResult(new IfMatch((long?)null));
        var digits = header.StartsWith("W/", StringComparison.Ordinal) ? header[2..] : header;
        // A tag that we never gave can match nothing: version 0 exists of no stream, so the answer is 412 and not 400.
        return ValueTask.FromResult(
            new IfMatch(long.TryParse(digits.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var v) ? v : 0)
        );
    }
}

public static class ETags
{
    public static void SetETag(this HttpContext http, long version) =>
        http.Response.Headers.ETag = $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";
}
