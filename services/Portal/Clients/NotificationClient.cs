using System.Net.Http.Json;

namespace Stages.Portal.Clients;

/// <summary>Mail and calendars.</summary>
public sealed class NotificationClient(HttpClient http) : ServiceClient(http)
{
    private readonly HttpClient http = http;

    public Task<Answer<CalendarAddress>> Calendar(CancellationToken cancel) => Get<CalendarAddress>("api/me/calendar", cancel);

    public Task<Answer<CalendarAddress>> RenewCalendar(CancellationToken cancel) =>
        Post<CalendarAddress>("api/me/calendar/revoke", null, null, cancel);

    /// <summary>Which guardians of an enrolment have confirmed their address.</summary>
    public Task<Answer<Page<GuardianAddress>>> Addresses(Guid enrolment, CancellationToken cancel) =>
        Get<Page<GuardianAddress>>($"api/notifications/addresses?enrolment={enrolment}", cancel);

    /// <summary>Whom messages of a campaign did not reach.</summary>
    public Task<Answer<Sheet<PersonToReach>>> PeopleToCall(Guid campaign, string query, CancellationToken cancel) =>
        Get<Sheet<PersonToReach>>($"api/notifications/people?campaign={campaign}{query}", cancel);

    public Task<Answer<Nothing>> Told(Guid message, CancellationToken cancel) =>
        Post<Nothing>($"api/notifications/{message}/told", null, null, cancel);

    public Task<Answer<Nothing>> Retry(Guid message, CancellationToken cancel) =>
        Post<Nothing>($"api/notifications/{message}/retry", null, null, cancel);

    /// <summary>Whether the code is one of ours, and what its reader has answered; changes nothing.</summary>
    public Task<Answer<AskedAddress>> LookAtAddress(string code, CancellationToken cancel) =>
        Send<AskedAddress>("internal/addresses/look", new AddressCodeTyped(code), cancel);

    public Task<Answer<Nothing>> AnswerForAddress(string code, bool theirs, CancellationToken cancel) =>
        Send<Nothing>("internal/addresses/answer", new AddressAnswer(code, theirs), cancel);

    /// <summary>Somebody has signed in with it: it is theirs.</summary>
    public Task<Answer<Nothing>> AddressProven(string? email, string? phone, CancellationToken cancel) =>
        Send<Nothing>("internal/addresses/proven", new ProvenAddress(email, phone), cancel);

    public Task<Answer<Nothing>> SayCoordinators(CoordinatorsNow now, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Put, "internal/coordinators", now, null, null, cancel, asService: true);

    public Task<Answer<Nothing>> SendAccountLetter(SendAccountLetter letter, CancellationToken cancel) =>
        Send<Nothing>("internal/account-letters", letter, cancel);

    /// <summary>In the Portal's own name: whoever holds the code is nobody here.</summary>
    private Task<Answer<T>> Send<T>(string path, object body, CancellationToken cancel) =>
        Send<T>(HttpMethod.Post, path, body, null, null, cancel, asService: true);

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
