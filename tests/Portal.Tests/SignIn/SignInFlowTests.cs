using System.Text.RegularExpressions;
using MimeKit;
using Npgsql;

namespace Stages.Portal.Tests.SignIn;

/// <summary>Signing in with the mail that really came, over HTTP, in one browser and in two.</summary>
public sealed partial class SignInFlowTests(Stack stack) : IClassFixture<Stack>
{
    private const string Staff = "coordinator@example.org";

    private readonly MailFolder mailbox = new(stack.MailFolder);

    [Fact]
    public async Task any_code_of_the_last_quarter_of_an_hour_signs_in_and_then_none_does()
    {
        const string address = "several@signin.example";
        using var browser = new Someone(stack.Gateway);
        var first = await mailbox.Code(address, "sign-in", () => browser.Ask(address));
        var second = await mailbox.Code(address, "sign-in", () => browser.Ask(address));

        await browser.Type("000 000");
        browser.Text.ShouldContain("Ce code ne convient pas");
        await browser.Type(first.Replace(" ", "", StringComparison.Ordinal));
        (await browser.Role()).ShouldBe("family");

        using var another = new Someone(stack.Gateway);
        await another.Ask(address);
        await another.Type(second);
        (await another.Role()).ShouldBeNull();
    }

    [Fact]
    public async Task whoever_gets_no_further_message_is_told_which_counts()
    {
        const string address = "enough@signin.example";
        using var browser = new Someone(stack.Gateway);
        var codes = new List<string>();
        for (var i = 0; i < 3; i++)
            codes.Add(await mailbox.Code(address, "sign-in", () => browser.Ask(address)));
        await browser.Ask(address);
        browser.Text.ShouldContain("Nous vous avons déjà envoyé 3 messages : le plus récent, de ");
        browser.Text.ShouldNotContain("Un message est parti");
        await browser.Type(codes[^1]);
        (await browser.Role()).ShouldBe("family");
        mailbox.To(address).Count.ShouldBe(3);
    }

    [Fact]
    public async Task a_code_of_staff_is_typed_as_one_likes_in_the_browser_that_asked_and_in_no_other()
    {
        using var browser = new Someone(stack.Gateway);
        using var another = new Someone(stack.Gateway);
        var code = await mailbox.Code(Staff, "sign-in", () => browser.Ask(Staff, "coordinator"));
        code.ShouldMatch("^[A-HJ-NP-Z2-9]{4} [A-HJ-NP-Z2-9]{4}$");
        await mailbox.Code(Staff, "sign-in", () => another.Ask(Staff, "coordinator"));
        await another.Type(code);
        another.Text.ShouldContain("Ce code ne convient pas");
        (await another.Role()).ShouldBeNull();

        await browser.Type(code.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal));
        browser.IsStaff.ShouldBeTrue();
    }

    [Fact]
    public async Task a_link_asks_in_another_browser_before_it_signs_in()
    {
        const string address = "link@signin.example";
        using var browser = new Someone(stack.Gateway);
        using var another = new Someone(stack.Gateway);
        var link = LinkIn(await mailbox.Caused(address, "sign-in", () => browser.Ask(address)));
        link.Length.ShouldBeLessThan(120);
        link.ShouldNotContain("signin.example");

        await another.Open(link);
        another.Text.ShouldContain("Vous avez demandé ce lien sur un autre appareil");
        await another.Post(new() { ["here"] = "" });
        (await another.Role()).ShouldBeNull();

        await browser.Open(link);
        browser.Text.ShouldContain("Bienvenue");
        await another.Open(link);
        await another.Post([]);
        (await another.Role()).ShouldBe("family");
        await browser.Post([]);
        browser.Text.ShouldContain("Ce lien ne fonctionne plus");
        (await browser.Role()).ShouldBeNull();
    }

    [Fact]
    public async Task twenty_wrong_codes_leave_the_link()
    {
        const string address = "guessed@signin.example";
        using var stranger = new Someone(stack.Gateway, "203.0.113.66");
        using var owner = new Someone(stack.Gateway);
        var code = await mailbox.Code(address, "sign-in", () => stranger.Ask(address));
        for (var i = 0; i < 20; i++)
            await stranger.Type(code == "000 000" ? "111 111" : "000 000");
        await stranger.Type(code);
        stranger.Text.ShouldContain("Trop de codes faux ont été saisis aujourd’hui pour cette adresse");

        var mail = await mailbox.Caused(address, "sign-in", () => owner.Ask(address));
        mail.TextBody!.ShouldContain("ce message n’en a pas");
        await owner.Open(LinkIn(mail));
        await owner.Post([]);
        (await owner.Role()).ShouldBe("family");

        // From now on this browser is the owner's: what strangers type concerns it no more.
        (await mailbox.Code(address, "sign-in", () => owner.Ask(address))).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task neither_code_nor_link_nor_client_is_in_the_databases()
    {
        const string address = "dump@signin.example";
        using var browser = new Someone(stack.Gateway, "198.51.100.77");
        var mail = await mailbox.Caused(address, "sign-in", () => browser.Ask(address));
        var code = InHalves().Match(mail.TextBody!).Value;
        code.ShouldNotBeEmpty();
        mail.Subject!.ShouldNotContain(code);

        var everything = await Dump();
        // The search would be an empty one without the message itself in what is searched.
        everything.ShouldContain(Guid.ParseExact(mail.MessageId!.Split('@')[0], "N").ToString());
        string[] words =
        [
            code,
            code.Replace(" ", "", StringComparison.Ordinal) + "\"",
            LinkIn(mail).Split("t=")[1],
            "198.51.100.77",
            address,
        ];
        words.Where(w => everything.Contains(w, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    /// <summary>Every row of every table that the Portal and Notification have.</summary>
    private async Task<string> Dump()
    {
        await using var database = NpgsqlDataSource.Create(stack.Realm.Postgres);
        var tables = new List<string>();
        await using (
            var command = database.CreateCommand(
                "select format('%I.%I', schemaname, tablename) from pg_tables "
                    + "where schemaname in ('portal', 'notification', 'hangfire_notification')"
            )
        )
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync())
                tables.Add(rows.GetString(0));
        var text = new System.Text.StringBuilder();
        foreach (var table in tables)
        {
            await using var command = database.CreateCommand($"select t::text from {table} t");
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                text.AppendLine(rows.GetString(0));
        }
        return text.ToString();
    }

    private static string LinkIn(MimeMessage mail) => Link().Match(mail.TextBody!).Value;

    [GeneratedRegex(@"http\S+/connexion/lien\?t=\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b\d{3} \d{3}\b", RegexOptions.None, 1000)]
    private static partial Regex InHalves();
}
