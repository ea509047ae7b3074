using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>A parent, a teacher and a coordinator in a real browser on the real house, with and without scripts.</summary>
public sealed class PortalJourneyTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData(360, 740, true)]
    [InlineData(360, 740, false)]
    [InlineData(1280, 800, true, Explicit = true)]
    public async Task a_parent_enrols_a_child(int width, int height, bool script)
    {
        var name = $"Vacances {Tag()}";
        var campaign = await house.Campaign(1, name);
        var parent = $"samia-{Tag()}@example.org";
        var page = await house.Browser(width, height, script);
        var see = new Look(house, page, $"family-{width}{(script ? "" : "-without-script")}", script);

        await page.GotoAsync("/");
        await see.Page("home");
        await house.SignIn(page, parent, "family");
        await see.Page("empty");
        // With one child to come and the campaign said, there is nothing to choose: the form itself.
        await page.GotoAsync($"/famille/inscription?campagne={campaign}");
        await page.Arrives("**/eleve");
        await page.ClickAsync("button[value=next]");
        // What is missing is said beside each field.
        await page.Locator(".field.refused").Nth(1).WaitForAsync();
        await see.Page("child-refused");
        await page.FillAsync("input[name=firstName]", "Lina");
        await page.FillAsync("input[name=lastName]", "Benhaddou");
        await page.SelectOptionAsync("select[name=level]", "6e");
        await page.FillAsync("input[name=search]", "montpellier");
        if (!script)
            await page.ClickAsync("button[value=search]");
        await page.Locator("[data-results] label").First.ClickAsync();
        await page.SelectOptionAsync("select[name=wish1]", "MA");
        await see.Page("child");
        await page.ClickAsync("button[value=next]");

        await page.Arrives("**/creneaux");
        await page.Locator("input[name='bulk.A'][value=morning]").CheckAsync();
        if (script)
            (await page.Locator("[data-days]").First.InnerTextAsync()).ShouldContain("5 séances possibles");
        await see.Page("slots");
        await page.ClickAsync("button[value=next]");

        // A closed tab loses nothing: the draft waits on the family's own page.
        await page.Arrives("**/verification");
        await page.GotoAsync("/famille");
        await see.Page("draft");
        await page.ClickAsync("main .card a.button");
        await page.Arrives("**/verification");
        // What is changed from here leads back here.
        await page.ClickAsync("a[href*='/eleve?modifier']");
        await page.Arrives("**/eleve?modifier=1");
        await page.ClickAsync("button[value=next]");
        await page.Arrives("**/verification");
        await page.FillAsync("input[name='guardians[0].name']", "Samia Benhaddou");
        await page.CheckAsync("input[name=computer]");
        await see.Page("review");
        await page.CheckAsync("input[name=consent]");
        await page.ClickAsync("button[value=next]");

        await page.Arrives("**/famille/inscriptions/*");
        (await page.Locator("[role=status]").First.InnerTextAsync()).ShouldContain("est enregistrée");
        await see.Page("status");
        await house.Mailbox.GetsOne(parent, "enrolment-submitted");
        var mine = await house.Api(HttpMethod.Get, "/api/me/enrolments", role: "family", email: parent);
        mine.GetProperty("items").GetArrayLength().ShouldBe(1);
        mine.GetProperty("items")[0].GetProperty("slots").GetProperty("A").GetArrayLength().ShouldBe(10);

        await page.GotoAsync("/famille/donnees");
        await see.Page("data");
        foreach (var path in new[] { "aide", "regles", "confidentialite", "accessibilite", "connexion", "famille/calendrier" })
        {
            await page.GotoAsync("/" + path);
            await see.Page(path.Replace('/', '-'));
        }
    }

    [Theory]
    [InlineData(360, 740, true)]
    [InlineData(360, 740, false)]
    [InlineData(1280, 800, true, Explicit = true)]
    public async Task a_teacher_offers_time_slots(int width, int height, bool script)
    {
        var campaign = await house.Campaign(1, $"Vacances {Tag()}");
        var teacher = $"nadia-{Tag()}@ac-montpellier.fr";
        var page = await house.Browser(width, height, script);
        var see = new Look(house, page, $"teacher-{width}{(script ? "" : "-without-script")}", script);

        await house.SignIn(page, teacher, "teacher");
        await see.Page("empty");
        await page.GotoAsync($"/enseignant/proposition/{campaign}");
        await page.FillAsync("input[name=firstName]", "Nadia");
        await page.FillAsync("input[name=lastName]", "Roux");
        await page.CheckAsync("input[name='teach.MA'][value='6e']");
        await page.CheckAsync("input[name='fill.A'][value=morning]");
        if (script)
            await page.Locator(".paint").First.ClickAsync();
        else
            await page.SelectOptionAsync("select[name='state.A.MON-09:00']", "preferred");
        await see.Page("offer");
        await page.ClickAsync("main form button[type=submit]");
        await page.Arrives("**/enseignant");
        await see.Page("offers");

        var offer = (await house.Api(HttpMethod.Get, "/api/me/offers", role: "teacher", email: teacher)).GetProperty("items")[0];
        var slots = offer
            .GetProperty("slots")
            .GetProperty("A")
            .EnumerateArray()
            .ToDictionary(s => s.GetProperty("slot").GetString()!, s => s.GetProperty("preference").GetString(), StringComparer.Ordinal);
        slots.Count.ShouldBe(10);
        slots["MON-09:00"].ShouldBe("preferred");
        slots["FRI-11:15"].ShouldBe("possible");

        await page.GotoAsync($"/enseignant/propositions/{offer.GetProperty("id").GetString()}");
        await page.ClickAsync("summary");
        await page.ClickAsync("button.bad");
        await page.Arrives("**/enseignant");
        (await page.Locator(".card .tag").First.InnerTextAsync()).ShouldBe("Retirée");
        await page.GotoAsync("/enseignant/stages");
        await see.Page("stages");
    }

    [Fact]
    public async Task a_coordinator_pairs_arranges_by_keyboard_approves_and_publishes()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        var page = await house.Browser(1280, 800);
        var see = new Look(house, page, "coordinator-1280", true);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await see.Page("campaigns");
        await page.GotoAsync($"/coordination/{campaign}");
        await see.Page("overview");
        await page.GotoAsync($"/coordination/{campaign}/appariements");
        await page.SelectOptionAsync("select[name=budgetSeconds]", "10");
        await page.ClickAsync("main form button[type=submit]");
        await page.Locator("button:has-text('Adopter')").WaitForAsync(new() { Timeout = 120_000 });
        await see.Page("proposal");
        // A bar while it runs, figures of the whole once it has ended; a result that nothing can better says so.
        (await page.Locator("progress").CountAsync()).ShouldBe(0);
        var (gap, words) = (await page.InnerTextAsync("[data-gap]"), await page.InnerTextAsync("main"));
        words.Contains("C’est prouvé", StringComparison.Ordinal).ShouldBe(gap.Contains("optimal", StringComparison.Ordinal));
        await page.ClickAsync("button:has-text('Adopter')");
        await page.Arrives("**/stages");
        await see.Page("stages");

        // The board, without a mouse.
        await page.GotoAsync($"/coordination/{campaign}/tableau");
        await page.Locator("#board[data-ready=yes]").WaitForAsync();
        await see.Page("board");
        await page.FocusAsync(".block[tabindex='0']");
        var id = await page.EvaluateAsync<string>("document.activeElement.dataset.id");
        // Two keys faster than any answer: the second is about what the first has done.
        var before = (await house.Api(HttpMethod.Get, $"/api/stages/{id}")).GetProperty("version").GetInt64();
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.PressAsync("Control+z");
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => s.GetProperty("version").GetInt64() == before + 2);
        (await house.Api(HttpMethod.Get, $"/api/stages/{id}")).GetProperty("pinned").GetBoolean().ShouldBeFalse();
        await page.FocusAsync($".block[data-id='{id}']");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("dialog[open]").WaitForAsync();
        await see.Page("panel");
        await page.Keyboard.PressAsync("Escape");
        await page.FocusAsync($".block[data-id='{id}']");
        await page.Keyboard.PressAsync("v");
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => s.GetProperty("status").GetString() == "approved");

        await page.GotoAsync($"/coordination/{campaign}/stages");
        await page.ClickAsync("button[value=approve-all]");
        await page.Locator("[role=status]:has-text('validé')").WaitForAsync();
        await page.GotoAsync($"/coordination/{campaign}/publication");
        await see.Page("publication");
        await page.CheckAsync("input[name=sure]");
        await page.ClickAsync("button:has-text('Publier')");
        await page.Locator("text=C’est publié").WaitForAsync();
        foreach (var room in new[] { "attente", "inscriptions", "propositions", "historique" })
        {
            await page.GotoAsync($"/coordination/{campaign}/{room}");
            await see.Page(room);
        }

        // A family of the campaign sees the place, confirms it, and finds it in the timetable.
        var placed = (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/stages?status=published"))
            .GetProperty("items")[0]
            .GetProperty("pupils")[0]
            .GetProperty("enrolmentId")
            .GetGuid();
        var enrolment = await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/enrolments/{placed}"),
            e => e.GetProperty("placements").EnumerateArray().Any(p => p.GetProperty("status").GetString() == "offered")
        );
        var parent = enrolment.GetProperty("guardians")[0].GetProperty("email").GetString()!;
        var phone = await house.Browser(360, 740);
        var seen = new Look(house, phone, "family-placed-360", true);
        await house.SignIn(phone, parent, "family");
        await phone.GotoAsync($"/famille/inscriptions/{placed}");
        await seen.Page("offered");
        await phone.Locator("button[value=confirm]").First.ClickAsync();
        await phone.Locator("text=La place est confirmée").WaitForAsync();
        await seen.Page("confirmed");
        await phone.GotoAsync("/famille/calendrier");
        (await phone.Locator("svg.picture").CountAsync()).ShouldBeGreaterThan(0);
        (await phone.Locator("#feed-address").InputValueAsync()).ShouldContain("/calendars/");
        await seen.Page("timetable");
    }

    [Theory]
    [InlineData(360, 740, true)]
    [InlineData(360, 740, false)]
    [InlineData(1280, 800, true, Explicit = true)]
    public async Task after_the_stage_the_teacher_reports_and_both_print_their_documents(int width, int height, bool script)
    {
        var campaign = await house.Campaign(8, $"Vacances {Tag()}", past: true);
        await house.DraftTimetable(campaign);
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/stages/approve", new { });
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/publish", new { });
        var stage = (
            await Eventually.Is(
                () => house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/stages?status=published"),
                s => s.GetProperty("items").GetArrayLength() > 0
            )
        ).GetProperty("items")[0];
        var pupil = stage.GetProperty("pupils")[0].GetProperty("enrolmentId").GetGuid();
        var enrolment = await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/enrolments/{pupil}"),
            e => e.GetProperty("placements").GetArrayLength() > 0
        );
        await house.Api(HttpMethod.Put, $"/api/enrolments/{pupil}/note", new { note = "Lit lentement, très motivée." });
        var offer = await house.Api(HttpMethod.Get, $"/api/offers/{stage.GetProperty("teacherOfferId").GetGuid()}");

        var page = await house.Browser(width, height, script);
        var see = new Look(house, page, $"after-teacher-{width}{(script ? "" : "-without-script")}", script);
        await house.SignIn(page, offer.GetProperty("teacher").GetProperty("email").GetString()!, "teacher");
        await page.GotoAsync("/enseignant/stages");
        await see.Page("stages");
        await page.GotoAsync($"/enseignant/stages/{stage.GetProperty("id").GetGuid()}");
        await page.Locator("blockquote:has-text('Lit lentement')").First.WaitForAsync();
        // The room follows the timetable in its own time.
        await Eventually.Is(
            async () =>
            {
                await page.ReloadAsync();
                return await page.Locator($"[name^='minutes.'][name$='.{pupil}']").CountAsync();
            },
            n => n >= 3
        );
        await see.Page("stage");
        // One session at a time: the last one is open.
        (await page.Locator("details[name=presence][open]").CountAsync()).ShouldBe(1);
        await page.Locator("details[name=presence] summary").First.ClickAsync();
        await page.Locator("[name^='all.']").First.CheckAsync();
        await page.Locator($"[name^='minutes.'][name$='.{pupil}']").First.FillAsync("105");
        await page.ClickAsync("button:has-text('Enregistrer les présences')");
        await page.Locator("[role=status]:has-text('présences')").WaitForAsync();
        await page.FillAsync($"[name='report.{pupil}']", "A bien travaillé les fractions.");
        await page.ClickAsync("button:has-text('Enregistrer les bilans')");
        await page.Locator("[role=status]:has-text('bilans')").WaitForAsync();
        await see.Page("written");
        await page.GotoAsync($"/enseignant/attestation?campagne={campaign}");
        (await page.Locator("tfoot td").InnerTextAsync()).ShouldBe("2 h", "the one session at which somebody was there");
        await see.Page("certificate");

        var family = await house.Browser(width, height, script);
        var seen = new Look(house, family, $"after-family-{width}{(script ? "" : "-without-script")}", script);
        await house.SignIn(family, enrolment.GetProperty("guardians")[0].GetProperty("email").GetString()!, "family");
        await Eventually.Is(
            async () =>
            {
                await family.GotoAsync($"/famille/inscriptions/{pupil}");
                return await family.ContentAsync();
            },
            html =>
                html.Contains("présent 105 min", StringComparison.Ordinal)
                && html.Contains("A bien travaillé les fractions.", StringComparison.Ordinal)
        );
        await seen.Page("status");
        await family.GotoAsync($"/famille/inscriptions/{pupil}/attestation");
        (await family.Locator("h1").InnerTextAsync()).ShouldBe("Attestation de participation");
        (await family.Locator(".sheet").InnerTextAsync()).ShouldContain("1 h 45");
        await seen.Page("attestation");
    }

    [Fact]
    public async Task a_family_with_a_mobile_alone_signs_in_and_finds_its_number_in_the_form()
    {
        var campaign = await house.Campaign(1, $"Vacances {Tag()}");
        var page = await house.Browser(360, 740);
        var see = new Look(house, page, "family-by-phone-360", true);
        var phone = $"06 39 98 {Random.Shared.Next(100):00} {Random.Shared.Next(100):00}";
        await page.GotoAsync("/connexion");
        await page.CheckAsync("input[name=by][value=sms]");
        await see.Page("sign-in");
        await house.SignInByPhone(page, phone);
        await page.GotoAsync($"/famille/inscription?campagne={campaign}");
        await page.Arrives("**/eleve");
        // An address of the form as it was leads to where its questions are now.
        await page.GotoAsync(page.Url.Replace("/eleve", "/besoins", StringComparison.Ordinal));
        await page.Arrives("**/verification");
        (await page.InputValueAsync("input[name='guardians[0].phone']")).ShouldBe(
            "+33" + phone.Replace(" ", "", StringComparison.Ordinal)[1..]
        );
        await see.Page("needs");
    }

    /// <summary>The grid fills a telephone: a finger that moves up scrolls, one that taps paints, one that goes along a row too.</summary>
    [Fact]
    public async Task a_finger_scrolls_over_the_grid_of_a_teacher_and_paints_where_it_taps()
    {
        var campaign = await house.Campaign(1, $"Vacances {Tag()}");
        var page = await house.Browser(360, 740, touch: true);
        await house.SignIn(page, $"doigt-{Tag()}@ac-montpellier.fr", "teacher");
        await page.GotoAsync($"/enseignant/proposition/{campaign}");
        var cells = page.Locator("table.painted").First.Locator(".paint");
        await cells.Nth(12).ScrollIntoViewIfNeededAsync();
        var finger = await page.Context.NewCDPSessionAsync(page);
        Task<int> Painted() => page.Locator(".paint:not([data-state=''])").CountAsync();
        var before = await page.EvaluateAsync<double>("scrollY");
        var from = await Middle(cells.Nth(12));
        await Swipe(from, (from.X, from.Y - 250));
        await Eventually.True(async () => await page.EvaluateAsync<double>("scrollY") > before + 50);
        (await Painted()).ShouldBe(0);

        await cells.Nth(6).ScrollIntoViewIfNeededAsync();
        var tapped = await Middle(cells.Nth(6));
        await page.Touchscreen.TapAsync((float)tapped.X, (float)tapped.Y);
        await Eventually.True(async () => await Painted() == 1);
        (await page.Locator("[data-days]").First.InnerTextAsync()).ShouldContain("1");
        await cells.Nth(0).ScrollIntoViewIfNeededAsync();
        await Swipe(await Middle(cells.Nth(0)), await Middle(cells.Nth(2)));
        await Eventually.Is(Painted, n => n == 4);

        static async Task<(double X, double Y)> Middle(ILocator cell)
        {
            var box = (await cell.BoundingBoxAsync())!;
            return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        }

        async Task Swipe((double X, double Y) start, (double X, double Y) end)
        {
            await Touch("touchStart", start);
            for (var i = 1; i <= 10; i++)
                await Touch("touchMove", (start.X + ((end.X - start.X) * i / 10), start.Y + ((end.Y - start.Y) * i / 10)));
            await Touch("touchEnd");
        }

        Task Touch(string type, params (double X, double Y)[] points) =>
            finger.SendAsync(
                "Input.dispatchTouchEvent",
                new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["type"] = type,
                    ["touchPoints"] = points.Select(p => new { x = p.X, y = p.Y }).ToArray(),
                }
            );
    }

    [Theory]
    [InlineData("fr-FR")]
    [InlineData("en-GB")]
    public async Task a_link_that_was_asked_for_on_one_device_asks_on_another_and_what_counts_is_told(string language)
    {
        var (desk, phone) = (await house.Browser(1280, 800, language: language), await house.Browser(320, 600, script: false, language));
        var (onDesk, onPhone) = (
            new Look(house, desk, $"sign-in-1280-{language}", true),
            new Look(house, phone, $"sign-in-320-{language}", false)
        );
        var address = $"lou-{Tag()}@example.org";
        for (var i = 0; i < 4; i++)
        {
            await desk.GotoAsync("/connexion");
            await desk.FillAsync("input[name=email]", address);
            await desk.CheckAsync("input[name=role][value=coordinator]");
            await desk.ClickAsync("main button[type=submit]");
            await desk.Arrives("**/connexion/code*");
        }
        (await desk.Locator("main [role=status]").InnerTextAsync()).ShouldContain(
            language == "fr-FR" ? "déjà envoyé 3 messages" : "sent you 3 messages"
        );
        await onDesk.Page("code");
        await phone.GotoAsync(desk.Url);
        await onPhone.Page("code");
        await phone.FillAsync("input[name=code]", "abcd efgh");
        await phone.ClickAsync("main button[type=submit]");
        await onPhone.Page("wrong-code");

        var mail = (await house.Mailbox.Gets(address, 3, "sign-in"))[^1];
        await phone.GotoAsync(
            new Uri(mail.TextBody!.Split().Single(w => w.Contains("/connexion/lien", StringComparison.Ordinal))).PathAndQuery
        );
        await onPhone.Page("link");
        await phone.ClickAsync("main form button[type=submit]");
        // Nobody's role: the address is proven, and that is all.
        await phone.Arrives("**/connexion");
        await onPhone.Page("no-role");
    }

    [Fact]
    public async Task of_two_coordinators_on_one_stage_one_wins_and_the_other_is_told()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        var stages = await house.DraftTimetable(campaign);
        var id = stages.GetProperty("items")[0].GetProperty("id").GetString()!;
        var second = await house.Browser(1280, 800);
        await house.SignIn(second, house.NewCoordinator(), "coordinator");
        // What the first does meanwhile; the second's board is kept from hearing of it.
        await second.RouteAsync("**/stages/events", route => route.AbortAsync());
        await second.GotoAsync($"/coordination/{campaign}/tableau");
        await second.Locator("#board[data-ready=yes]").WaitForAsync();
        await second.ClickAsync($"button[data-week='{stages.GetProperty("items")[0].GetProperty("week").GetString()}']");
        await house.Api(HttpMethod.Post, $"/api/stages/{id}/pin", new { });
        await second.FocusAsync($".block[data-id='{id}']");
        await second.Keyboard.PressAsync("v");
        await second.Locator("[data-said]:has-text('vient de modifier')").WaitForAsync();
        var now = await house.Api(HttpMethod.Get, $"/api/stages/{id}");
        now.GetProperty("pinned").GetBoolean().ShouldBeTrue();
        now.GetProperty("status").GetString().ShouldBe("draft", "the second's approval of what they had not seen has changed nothing");
        await second.FocusAsync($".block[data-id='{id}']");
        await second.Keyboard.PressAsync("v");
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => s.GetProperty("status").GetString() == "approved");
    }

    [Fact]
    public async Task the_first_view_is_small_and_no_script_blocks_it()
    {
        var page = await house.Browser(360, 740);
        long bytes = 0;
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await cdp.SendAsync("Network.enable");
        cdp.Event("Network.loadingFinished").OnEvent += (_, e) =>
            Interlocked.Add(ref bytes, (long)e!.Value.GetProperty("encodedDataLength").GetDouble());
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });
        bytes.ShouldBeInRange(1, 100_000);
        (await page.Locator("script:not([type=module]):not([type='application/json'])").CountAsync()).ShouldBe(0);
        TestContext.Current.SendDiagnosticMessage("first view: {0} bytes", bytes);
    }

    [Fact]
    public async Task in_high_contrast_focus_and_choice_are_seen()
    {
        var campaign = await house.Campaign(1, $"Vacances {Tag()}");
        var page = await house.Browser(360, 740);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        var see = new Look(house, page, "high-contrast-360", true);
        var teacher = $"prof-{Tag()}@ac-montpellier.fr";
        await house.SignIn(page, teacher, "teacher");
        await page.GotoAsync($"/enseignant/proposition/{campaign}");
        await page.Locator(".paint").First.ClickAsync();
        await page.Locator(".paint").Nth(1).ClickAsync(new() { ClickCount = 2 });
        await see.Page("offer");
        (
            await page.EvaluateAsync<bool>(
                """
                (() => {
                  const line = (a) => getComputedStyle(a).borderBottomColor;
                  const here = line(document.querySelector('.sections a[aria-current]'));
                  return [...document.querySelectorAll('.sections a:not([aria-current])')].every((a) => line(a) !== here);
                })()
                """
            )
        ).ShouldBeTrue("one tab is the current one");
        (await page.Locator(".paint").First.InnerTextAsync()).ShouldNotBeEmpty("the state of a cell is a sign, not a colour alone");
        foreach (var control in new[] { "input[name=lastName]", ".paint >> nth=3", "main button[type=submit]" })
        {
            await page.FocusAsync(control);
            await page.Keyboard.PressAsync("Shift");
            (
                await page.EvaluateAsync<bool>(
                    "(() => { const s = getComputedStyle(document.activeElement); "
                        + "return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; })()"
                )
            ).ShouldBeTrue($"no focus is seen on {control}");
        }
    }

    [Fact]
    public async Task english_people_read_english()
    {
        var page = await house.Browser(1280, 800, language: "en-GB");
        await page.GotoAsync("/");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Regain confidence during the holidays");
        await page.ClickAsync("text=Français");
        await page.Locator("html[lang=fr]").WaitForAsync();
    }

    private static string Tag() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[20..];
}
