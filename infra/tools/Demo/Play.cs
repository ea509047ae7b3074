using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Stages.Generator;
using Stages.LocalRun;

namespace Stages.Demo;

/// <summary>
/// Plays a campaign through the public API alone: families and teachers answer, a coordinator pairs, approves and publishes.
/// </summary>
public sealed class Play(Options options, Api api, LocalTokens tokens, Screen screen, TimeProvider clock)
{
    /// <summary>Families that fill in the form at the same moment.</summary>
    private const int AtOnce = 16;

    /// <summary>One coordinator has the gateway's places of one person.</summary>
    private const int OneCoordinatorAtOnce = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly string coordinator = tokens.For("coordinator", "camille.martin@example.org", "Camille Martin");
    private readonly ConcurrentDictionary<string, EnrolmentPart> enrolled = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OfferPart> offered = new(StringComparer.Ordinal);

    public async Task<Figures> Run()
    {
        var mailsBefore = MailsOnDisk();
        var population = Population.Generate(SchoolFile.Read(options.SchoolsPath), options.Pupils, 1.0, options.Seed, largestGroup: 6);
        var wishes = population.Pupils.Sum(p => p.Wishes.Count);

        var now = clock.GetUtcNow();
        var fortnight = options.Of2021 ? Fortnight.Of2021 : await Fortnight.Next(api, DateOnly.FromDateTime(now.UtcDateTime));
        var mondays = fortnight.Weeks.Select(w => w.Monday.ToString("O", CultureInfo.InvariantCulture));
        screen.Step($"A coordinator opens a campaign: {fortnight.Name}, weeks of {string.Join(" and ", mondays)}");
        var campaign = Id(await api.Post("/api/campaigns", coordinator, Cast.Campaign(now, fortnight)));

        screen.Step(
            $"{population.Pupils.Count} pupils are enrolled with {wishes} wishes, {population.Offers.Count} teachers offer to teach"
        );
        await Enrol(campaign, Cast.Enrolments(population, options.Seed, fortnight));
        await Offer(campaign, population, fortnight);
        await EverythingHasArrived(campaign);

        screen.Step("Parents who have not signed in themselves are asked whether the address is theirs, and say yes");
        await Strangers.Confirm(enrolled.Values, options, screen, Patience, AtOnce);

        screen.Step($"The pairing computes for up to {options.BudgetSeconds} s");
        var (pairing, score) = await Pair(campaign);
        var timetable = new Timetable(api, screen, tokens, coordinator, campaign);

        screen.Step("The coordinator adopts the proposal, approves its stages and publishes");
        await api.Post($"/api/pairings/{pairing}/adopt", coordinator);
        await timetable.ApproveAndPublish(OneCoordinatorAtOnce, Patience);

        screen.Step("Families and teachers are told");
        var mails = await Mails(timetable, mailsBefore);

        screen.Step("Calendars are read as families and teachers see them");
        var events = await timetable.ReadCalendars(enrolled, offered, AtOnce, Patience);

        return new Figures(
            enrolled.Count,
            offered.Count,
            wishes,
            Int(score, "placedWishes"),
            Number(score, "placedWeight"),
            Number(score, "bound"),
            timetable.Stages.Count,
            timetable.Published,
            mails,
            events,
            (int)(clock.GetUtcNow() - options.Since).TotalSeconds
        );
    }

    /// <summary>Afterwards, for whoever stays.</summary>
    public async Task PlayClass()
    {
        screen.Step("A class of today");
        await new ClassOfToday(api, tokens, coordinator, screen, clock).Begin();
    }

    /// <summary>Enrolment hears of a campaign by message, a moment after it was opened: the first family asks until it is there.</summary>
    private Task CampaignIsKnown(string campaign, EnrolmentPart first) =>
        screen.Until(
            "the campaign reaches Enrolment",
            Patience,
            async () =>
            {
                try
                {
                    await Enrol(campaign, first);
                    return (true, "The campaign is open; the first family has enrolled.");
                }
                catch (ApiFailure e) when (e.Message.Contains("no-such-campaign", StringComparison.Ordinal))
                {
                    return (false, "The campaign is on its way to Enrolment");
                }
            }
        );

    private async Task Enrol(string campaign, EnrolmentPart part)
    {
        var token = part.Family is var (name, email) ? tokens.For("family", email, name) : coordinator;
        enrolled[Id(await api.Post($"/api/campaigns/{campaign}/enrolments", token, part.Body))] = part;
    }

    private async Task Enrol(string campaign, IReadOnlyList<EnrolmentPart> parts)
    {
        await CampaignIsKnown(campaign, parts[0]);
        var since = clock.GetTimestamp();
        await Parallel.ForEachAsync(
            parts.Skip(1),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (part, _) =>
            {
                await Enrol(campaign, part);
                screen.Progress($"{enrolled.Count} of {parts.Count} enrolments accepted");
            }
        );
        screen.Line(
            $"{enrolled.Count} enrolments accepted in {clock.GetElapsedTime(since).TotalSeconds:0.0} s, "
                + $"{parts.Count(p => p.Family is null)} of them by the coordinator on a family's behalf."
        );
    }

    private async Task Offer(string campaign, Population population, Fortnight fortnight)
    {
        await Parallel.ForEachAsync(
            Cast.Offers(population, options.Seed, fortnight),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (part, _) =>
                offered[Id(await api.Post($"/api/campaigns/{campaign}/offers", tokens.For("teacher", part.Email, part.Name), part.Body))] =
                    part
        );
        screen.Line($"{offered.Count} offers declared.");
    }

    private Task EverythingHasArrived(string campaign) =>
        screen.Until(
            "every enrolment reaches Scheduling",
            Patience,
            async () =>
            {
                var demand = await api.Get($"/api/campaigns/{campaign}/demand", coordinator);
                var known = Int(demand, "enrolments");
                return (known >= enrolled.Count, $"Scheduling knows {known} of {enrolled.Count} enrolments.");
            }
        );

    private async Task<(string Id, JsonNode Score)> Pair(string campaign)
    {
        var body = new JsonObject
        {
            ["budgetSeconds"] = options.BudgetSeconds,
            ["seed"] = options.Seed,
            ["keep"] = "none",
        };
        var id = Id(await api.Post($"/api/campaigns/{campaign}/pairings", coordinator, body));
        JsonNode pairing = new JsonObject();
        await screen.Until(
            "the pairing run ends",
            TimeSpan.FromSeconds(options.BudgetSeconds) + Patience,
            async () =>
            {
                pairing = await api.Get($"/api/pairings/{id}", coordinator);
                var status = pairing["status"]!.GetValue<string>();
                if (status is "failed" or "cancelled")
                    throw new ApiFailure($"The pairing run {id} ended as {status}: {pairing.ToJsonString()}");
                return (status == "done", $"{status}, {100 * Share(pairing["progress"]):0} %{Told(pairing["score"])}");
            }
        );
        return (id, pairing["score"]!);
    }

    private static string Told(JsonNode? score) =>
        score?["placedWishes"] is null
            ? ""
            : $": {Int(score, "placedWishes")} of {Int(score, "wishes")} wishes placed, "
                + $"weight {Number(score, "placedWeight"):0} of at most {Number(score, "bound"):0}, "
                + $"gap {100 * Number(score, "gap"):0.0} %";

    /// <summary>Mails on the disk once the delivery log has nothing left to deliver and both agree, for several looks in a row.</summary>
    private async Task<int> Mails(Timetable timetable, int before)
    {
        // One acknowledgement for each guardian with an address, then one mail at least to each of them whose child has a place.
        var expected = enrolled.Values.Sum(e => e.Emails.Count) + timetable.PlacedEnrolments.Sum(id => enrolled[id].Emails.Count);
        var (onDisk, quiet) = (0, 0);
        await screen.Until(
            "all mails are delivered",
            Patience,
            async () =>
            {
                var log = await api.Get("/api/notifications/summary", coordinator);
                var (pending, delivered, failed) = (Int(log, "pending"), Int(log, "delivered"), Int(log, "failed"));
                var last = onDisk;
                onDisk = MailsOnDisk();
                quiet = pending == 0 && delivered >= onDisk && onDisk - before >= expected && onDisk == last ? quiet + 1 : 0;
                return (
                    quiet >= 6,
                    $"{onDisk} mails in the mailbox; the delivery log has {delivered} delivered, {pending} to deliver, {failed} failed."
                );
            }
        );
        return onDisk;
    }

    private int MailsOnDisk() => Directory.EnumerateFiles(options.MailFolder, "*.eml").Count();

    internal static string Id(JsonNode answer) =>
        answer["id"]?.GetValue<string>() ?? throw new ApiFailure($"An answer without id: {answer.ToJsonString()}");

    private static int Int(JsonNode node, string name) => (int)Number(node, name);

    private static double Number(JsonNode node, string name) =>
        node[name]?.GetValue<double>() ?? throw new ApiFailure($"An answer without {name}: {node.ToJsonString()}");

    /// <summary>Progress as a share from 0 to 1.</summary>
    private static double Share(JsonNode? progress) => progress is JsonValue value && value.TryGetValue<double>(out var share) ? share : 0;
}
