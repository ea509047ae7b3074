using System.Net;
using System.Net.Http.Headers;

namespace Stages.LocalRun;

/// <summary>A session of a local run, asked of its Portal: that address is there in no other environment.</summary>
public static class LocalCookie
{
    /// <returns>The value of a Cookie header, or why there is none.</returns>
    public static async Task<(string? Cookie, string? Refused)> Ask(string? portal, string token, CancellationToken cancel)
    {
        if (!Uri.TryCreate(portal, UriKind.Absolute, out var address))
            return (null, "A session is a row in the run's database: start infra/run first, or name its pages in STAGES_PORTAL.");
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/local/session"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.AcceptLanguage.ParseAdd("en");
        try
        {
            using var answer = await http.SendAsync(request, cancel);
            if (answer.StatusCode == HttpStatusCode.NoContent && answer.Headers.TryGetValues("Set-Cookie", out var set))
                return (string.Join("; ", set.Select(c => c.Split(';')[0])), null);
            return (null, $"{address} refused ({(int)answer.StatusCode}): {await answer.Content.ReadAsStringAsync(cancel)}");
        }
        catch (HttpRequestException e)
        {
            return (null, $"{address} does not answer: {e.Message}");
        }
    }
}
