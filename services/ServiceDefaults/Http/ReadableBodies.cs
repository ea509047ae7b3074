using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;

namespace Stages.ServiceDefaults;

/// <summary>
/// The rule of <see cref="Readable"/> for JSON bodies, whatever they are read into: a draft is kept as it came, and no type looks at
/// its texts.
/// </summary>
public static class ReadableBodies
{
    /// <summary>Stands behind the limit of a body. Refuses with 400, whose body is written by whoever writes those of all.</summary>
    public static IApplicationBuilder UseReadableBodies(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                if (!IsJson(http) || await IsReadable(http))
                    await next(http);
                else
                    http.Response.StatusCode = StatusCodes.Status400BadRequest;
            }
        );

    /// <summary>True for what is no JSON at all: whoever reads it says where it is wrong.</summary>
    public static bool IsReadable(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !IsReadableText(reader.GetString() ?? ""))
                    return false;
            return true;
        }
        catch (JsonException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a pair, or bytes that are no UTF-8.
            return false;
        }
    }

    private static bool IsReadableText(string text) => Readable.IsText(text) && Readable.IsPlausibleDate(text);

    private static bool IsJson(HttpContext http) =>
        http.Request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true
        && http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    private static async Task<bool> IsReadable(HttpContext http)
    {
        http.Request.EnableBuffering((int)ServiceHost.LargestBody);
        using var all = new MemoryStream((int)(http.Request.ContentLength ?? 4096));
        await http.Request.Body.CopyToAsync(all, http.RequestAborted);
        http.Request.Body.Position = 0;
        return IsReadable(all.GetBuffer().AsSpan(0, (int)all.Length));
    }
}
