using System.Globalization;
using System.Text.RegularExpressions;
using Stages.Portal.SignIns;

namespace Stages.Portal.Tests.SignIn;

/// <summary>
/// What guessing codes can win: computed from the budgets for a thousand addresses, and tried on the real thing, with the owner of one
/// of them signing in meanwhile.
/// </summary>
public sealed partial class SignInAttackTests(Stack stack, ITestOutputHelper output) : IClassFixture<Stack>
{
    private const int Addresses = 1_000;

    /// <summary>Some 1,500 guesses in a million: one hit in seven hundred runs, two in half a million.</summary>
    private const int Luck = 1;

    private static readonly SignInBudgets Budgets = new();

    [Theory]
    [InlineData(1, 0.0013)]
    [InlineData(1_000, 0.02)]
    public void expected_takeovers_a_day(int clients, double most)
    {
        var guesses = new[] { Addresses * SignInRules.WrongCodes, clients * Budgets.ClientWrongCodes.Day, Budgets.AllWrongCodes.Day }.Min();
        // Every guess at its best: as many codes count as ever can, each of another browser.
        var each = SignInRules.MostLive / Math.Pow(10, SignInCode.Digits);
        var staff = guesses / Math.Pow(SignInCode.Alphabet.Length, SignInCode.Length);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Addresses} addresses, {clients} clients: {guesses} guesses a day, {guesses * each:0.0000} families' accounts a day "
                    + $"(one in {1 / (guesses * each):0} days), {staff:0.0e0} accounts of staff"
            )
        );
        (guesses * each).ShouldBeLessThan(most);
        staff.ShouldBeLessThan(1e-8);
    }

    [Fact]
    public async Task the_owner_gets_in_within_a_minute_while_others_guess()
    {
        var mailbox = new MailFolder(stack.MailFolder);
        using var owner = new Someone(stack.Gateway, "192.0.2.1");
        var address = Address(0);
        await owner.Type(await mailbox.Code(address, "sign-in", () => owner.Ask(address)));
        (await owner.Role()).ShouldBe("family");

        using var attacker = new Attacker(stack.Gateway);
        await attacker.Begin();
        var alone = await attacker.Run(Addresses, _ => "198.51.100.1", guesses: 1);
        output.WriteLine($"one client: {alone}");
        alone.Asked.ShouldBeLessThanOrEqualTo(Budgets.ClientMessages.Quarter * 2, "a quarter of an hour may end meanwhile");
        alone.Tried.ShouldBeLessThanOrEqualTo(Budgets.ClientWrongCodes.Quarter * 2);
        alone.Within.ShouldBeLessThanOrEqualTo(Luck);

        // As many as make the budget of all end, from a thousand networks, at the owner's address as well.
        var together = attacker.Run(Addresses, i => string.Create(CultureInfo.InvariantCulture, $"2001:db8:{i:x}::{i:x}"), guesses: 2);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using (var again = owner)
        {
            await again.Type(await mailbox.Code(address, "sign-in", () => again.Ask(address)));
            (await again.Role()).ShouldBe("family");
        }
        output.WriteLine($"the owner, in the browser that is known, meanwhile: {watch.Elapsed.TotalSeconds:0.0} s");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));

        var all = await together;
        output.WriteLine($"a thousand clients: {all}");
        all.Tried.ShouldBeInRange(1, Budgets.AllWrongCodes.Quarter * 2);
        all.Refused.ShouldBeGreaterThan(0, "the budget of all has an end");
        all.Within.ShouldBeLessThanOrEqualTo(Luck);

        watch.Restart();
        using var elsewhere = new Someone(stack.Gateway, "192.0.2.2");
        var mail = await mailbox.Caused(Address(1), "sign-in", () => elsewhere.Ask(Address(1)));
        await elsewhere.Open(Link().Match(mail.TextBody!).Value);
        await elsewhere.Post([]);
        (await elsewhere.Role()).ShouldBe("family");
        output.WriteLine($"another owner, in a new browser, by the link, after it: {watch.Elapsed.TotalSeconds:0.0} s");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    private static string Address(int number) => $"victim{number}@attack.example";

    [GeneratedRegex(@"http\S+/connexion/lien\?t=\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();

    private sealed record Figures(int Asked, int Tried, int Refused, int Within, TimeSpan Took);

    /// <summary>Many clients of one program: it keeps no mark, so that each asking is a new browser's.</summary>
    private sealed partial class Attacker(Uri portal) : IDisposable
    {
        private readonly HttpClient http = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxConnectionsPerServer = 16,
            }
        )
        {
            BaseAddress = portal,
        };
        private string cookie = "";
        private string token = "";

        public async Task Begin()
        {
            using var page = await http.GetAsync("/connexion");
            cookie = string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
            token = Browser.TokenIn(await page.Content.ReadAsStringAsync());
        }

        public async Task<Figures> Run(int addresses, Func<int, string> network, int guesses)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var (asked, tried, refused, within) = (0, 0, 0, 0);
            await Parallel.ForAsync(
                0,
                addresses,
                new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (i, _) =>
                {
                    var (to, _) = await Post(
                        "/connexion",
                        network(i),
                        new()
                        {
                            ["_handler"] = "sign-in",
                            ["email"] = Address(i),
                            ["role"] = "family",
                        }
                    );
                    if (to?.StartsWith("/connexion/code", StringComparison.Ordinal) != true)
                        return;
                    Interlocked.Increment(ref asked);
                    for (var guess = 0; guess < guesses; guess++)
                    {
                        var (led, page) = await Post(to, network(i), new() { ["_handler"] = "code", ["code"] = $"{i:000}{guess:000}" });
                        if (led is not null)
                            Interlocked.Increment(ref within);
                        else if (page.Contains("Ce code ne convient pas", StringComparison.Ordinal))
                            Interlocked.Increment(ref tried);
                        else
                            Interlocked.Increment(ref refused);
                    }
                }
            );
            return new Figures(asked, tried, refused, within, watch.Elapsed);
        }

        public void Dispose() => http.Dispose();

        private async Task<(string? Led, string Page)> Post(string path, string network, Dictionary<string, string> form)
        {
            form["__token"] = token;
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
            request.Headers.Add("Cookie", cookie);
            request.Headers.Add("X-Forwarded-For", network);
            request.Headers.Add("Accept-Language", "fr");
            using var answer = await http.SendAsync(request);
            var led = answer.Headers.Location is { } location
                ? (location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString)
                : null;
            return (led, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        }
    }
}
