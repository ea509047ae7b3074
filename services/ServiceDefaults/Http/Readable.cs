using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.WebUtilities;

namespace Stages.ServiceDefaults;

/// <summary>
/// What nobody means is refused at the door, whichever endpoint it is for: a NUL, which no database of ours keeps; bytes that are no
/// UTF-8; a parameter said twice; a date of no school year.
/// </summary>
public static partial class Readable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Refuses with 400, whose body is written by whoever writes those of all.</summary>
    public static IApplicationBuilder UseReadable(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (IsReadable(http.Request.Path.Value, http.Request.QueryString.Value))
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }
        );

    public static bool IsReadable(string? path, string? query) =>
        IsText(path ?? "") && !(path ?? "").Contains("%00", StringComparison.Ordinal) && IsReadableQuery(query);

    /// <summary>Whether a database keeps it: no NUL, and no half of a pair.</summary>
    public static bool IsText(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i]))
                return false;
            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
                return false;
        }
        return true;
    }

    /// <summary>
    /// Nobody living was enrolled before the one, or plans beyond the other; and a century can be added without an overflow.
    /// </summary>
    public static bool IsPlausible(int year) => year is >= 1900 and < 2200;

    private static bool IsReadableQuery(string? query)
    {
        if (string.IsNullOrEmpty(query))
            return true;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in new QueryStringEnumerable(query))
            if (
                Decoded(pair.EncodedName.Span) is not { } name
                || Decoded(pair.EncodedValue.Span) is not { } value
                || !names.Add(name)
                || !IsPlausibleDate(value)
            )
                return false;
        return true;
    }

    /// <summary>Null when the bytes are no text.</summary>
    private static string? Decoded(ReadOnlySpan<char> encoded)
    {
        var bytes = new byte[Strict.GetMaxByteCount(encoded.Length)];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (
                encoded[i] == '%'
                && i + 2 < encoded.Length
                && byte.TryParse(encoded.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, null, out var one)
            )
            {
                bytes[length++] = one;
                i += 2;
            }
            else
            {
                // Two halves of a pair are one character.
                var pair = char.IsHighSurrogate(encoded[i]) && i + 1 < encoded.Length ? 2 : 1;
                length += Encoding.UTF8.GetBytes(encoded.Slice(i, pair), bytes.AsSpan(length));
                i += pair - 1;
            }
        }
        try
        {
            return Strict.GetString(bytes, 0, length) is var text && IsText(text) ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>True for what is no date.</summary>
    public static bool IsPlausibleDate(string value) =>
        !Date().IsMatch(value) || IsPlausible(int.Parse(value.AsSpan(0, 4), CultureInfo.InvariantCulture));

    [GeneratedRegex(
        @"^\d{4}-\d{2}-\d{2}($|T)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex Date();
}
