namespace Stages.Notifications.Deliveries;

/// <summary>
/// Text messages through whatever gateway the académie has: <c>POST Sms:Url { id, to, text }</c>, with <c>Sms:Token</c> as bearer. The id
/// is the same at each attempt, so that the gateway can tell a repetition.
/// </summary>
public sealed class SmsGateway(HttpClient http, IConfiguration configuration, Links links, TimeProvider clock)
{
    public async Task<Result> Send(Claimed row, CancellationToken limit)
    {
        if (configuration["Sms:Url"] is not { Length: > 0 } url)
            return Result.Later(row, "No SMS gateway is configured", TimeSpan.FromMinutes(5));
        // The rule of every door, once more at the last: what was kept before a rule was made, or for another purpose, costs nobody.
        if (Texts.Find<PhoneNumber>(row.Address) is not { IsMobile: true })
            return Result.Abandoned(row, "Not a number for text messages");
        var text = row.Said.Sms(new Pen(Language.Of(row.Language), links, row.RecipientName));
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url)
            {
                Content = JsonContent.Create(
                    new
                    {
                        id = row.Id,
                        to = row.Address,
                        text,
                    }
                ),
            };
            request.Headers.Add("Idempotency-Key", row.Id.ToString());
            if (configuration["Sms:Token"] is { Length: > 0 } token)
                request.Headers.Authorization = new("Bearer", token);
            // What it says beside its status is not asked for, however long it is.
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
            if (answer.IsSuccessStatusCode)
                return Result.Sent(row);
            // 4xx is about this message, except for those that ask us to wait or to sign in.
            return (int)answer.StatusCode is >= 400 and < 500 and not (401 or 403 or 408 or 429)
                ? Result.Abandoned(row, $"The gateway refused it: {(int)answer.StatusCode}")
                : Patience.Away(row, $"The gateway answered {(int)answer.StatusCode}", clock.GetUtcNow());
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return Patience.Away(row, $"{e.GetType().Name}: {e.Message}", clock.GetUtcNow());
        }
    }
}
