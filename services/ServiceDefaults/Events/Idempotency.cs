using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stages.ServiceDefaults;

/// <summary>The <c>Idempotency-Key</c> of a POST, bound to its caller and address. Absent: every POST is a new one.</summary>
public sealed record IdempotencyKey(Guid? Id)
{
    public static ValueTask<IdempotencyKey> BindAsync(HttpContext http)
    {
        var header = http.Request.Headers["Idempotency-Key"].ToString().Trim();
        if (header.Length == 0)
            return ValueTask.FromResult(new IdempotencyKey((Guid?)null));
        if (header.Length > 200)
            throw new BadHttpRequestException("Idempotency-Key is longer than 200 characters.");
        var scope = $"{Caller.From(http.User).Id}\n{http.Request.Method} {http.Request.Path}\n{header}";
        return ValueTask.FromResult(
            new IdempotencyKey(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(scope)).AsSpan(0, 16), bigEndian: true))
        );
    }

    /// <summary>The record to keep when this request is obeyed; null when the caller gave no key.</summary>
    public AnsweredRequest? Answering<TRequest>(TRequest body, Guid result, DateTimeOffset now) =>
        Id is { } id ? new AnsweredRequest(id, Hash(body), result, now) : null;

    private static string Hash<TRequest>(TRequest body) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body)));
}

/// <summary>Kept in the transaction of the command that it belongs to; swept after a week. Holds no content, only its hash.</summary>
/// <param name="Result">Id of what was created; a repeated request is answered with it.</param>
public sealed record AnsweredRequest(Guid Id, string BodyHash, Guid Result, DateTimeOffset At);
