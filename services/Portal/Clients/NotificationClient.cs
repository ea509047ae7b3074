using System.Net.Http.Json;

namespace Stages.Portal.Clients;

/// <summary>Mail and calendars.</summary>
public sealed class NotificationClient(HttpClient http) : ServiceClient(http)
{
    private readonly HttpClient http = http;

    public sealed record CalendarAddress(string Url);

    public Task<Answer<CalendarAddress>> Calendar(CancellationToken cancel) => Get<CalendarAddress>("api/me/calendar", cancel);

    public Task<Answer<CalendarAddress>> RenewCalendar(CancellationToken cancel) => Post<CalendarAddress>("api/me/calendar/revoke", null, null, cancel);

    public sealed record Message(string? Subject, string? Kind, string? Status, DateTimeOffset? SentAt, DateTimeOffset? At);

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
