using System.Net.Http.Json;

namespace Stages.Portal.Clients;

/// <summary>Mail and calendars.</summary>
public sealed class NotificationClient(HttpClient http) : ServiceClient(http)
{
    private readonly HttpClient http = http;

    /// <summary>Throws when the mail could not be accepted: the person must not wait for a mail that will not come.</summary>
    public async Task SendSignInMail(string email, string link, string code, string language, DateTimeOffset expiresAt, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "internal/sign-in-mails")
        {
            Content = JsonContent.Create(new { email, link, code, language, expiresAt }, options: Json),
        };
        request.Options.Set(AsCaller.AsService, true);
        using var response = await http.SendAsync(request, cancel);
        response.EnsureSuccessStatusCode();
    }
}
