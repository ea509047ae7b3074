using System.Net.Http.Json;

namespace Stages.Portal.Clients;

/// <summary>Mail and calendars.</summary>
public sealed class NotificationClient(HttpClient http) : ServiceClient(http)
{
    private readonly HttpClient http = http;

    public Task<Answer<CalendarAddress>> Calendar(CancellationToken cancel) => Get<CalendarAddress>("api/me/calendar", cancel);

    public Task<Answer<CalendarAddress>> RenewCalendar(CancellationToken cancel) =>
        Post<CalendarAddress>("api/me/calendar/revoke", null, null, cancel);

    /// <summary>Throws when the message could not be accepted: the person must not wait for one that will not come.</summary>
    public async Task SendSignIn(
        string address,
        bool phone,
        string link,
        string? code,
        bool onlyThere,
        string language,
        DateTimeOffset expiresAt,
        CancellationToken cancel
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "internal/sign-in-mails")
        {
            Content = JsonContent.Create(
                new SendSignInMail(phone ? null : address, link, code, language, expiresAt, phone ? address : null, onlyThere),
                options: Json
            ),
        };
        request.Options.Set(AsCaller.AsService, true);
        using var response = await http.SendAsync(request, cancel);
        response.EnsureSuccessStatusCode();
        if (phone && (await response.Content.ReadFromJsonAsync<SignInMailAccepted>(Json, cancel))?.Channel != "sms")
            throw new HttpRequestException("No gateway for text messages is configured.");
    }
}
