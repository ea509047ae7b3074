using System.Diagnostics.Metrics;

namespace Stages.Portal.SignIns;

/// <summary>
/// Section <c>Portal:SignIns</c>: what strangers to an address may cost, from one client and in all. A client is an IPv4 address or
/// a /64 of IPv6, and may stand for a whole school or for an operator's thousands of families: its budgets are wide. Those of wrong codes
/// bound what guessing can win, see <c>infra/decisions/sign-in-budgets.md</c>.
/// </summary>
public sealed record SignInBudgets
{
    public Budget ClientMessages { get; init; } = new(300, 3_000);

    public Budget AllMessages { get; init; } = new(30_000, 200_000);

    public Budget ClientWrongCodes { get; init; } = new(60, 200);

    public Budget AllWrongCodes { get; init; } = new(1_500, 3_000);
}

/// <summary>Lets through what the budgets have room for, and raises the alarm when the one of all is spent.</summary>
public sealed class SignInGate(SignInTally tally, SignInBudgets budgets, SignInKey key, IMeterFactory meters, ILogger<SignInGate> logger)
{
    public const string MeterName = "Stages.SignIns";

    private const string All = "all";

    private readonly Counter<long> refused = meters
        .Create(MeterName)
        .CreateCounter<long>("stages.sign_ins.refused", description: "Sign-in requests for which a budget had no room");

    /// <summary>One quarter of an hour has one alarm of each kind in each copy.</summary>
    private readonly Dictionary<string, DateTimeOffset> alarms = new(StringComparer.Ordinal);

    /// <summary>What was taken, to be given back where it turns out not to be used.</summary>
    public sealed record Pass(SignInTally Tally, IReadOnlyList<string> Counters)
    {
        public async Task GiveBack(CancellationToken cancel)
        {
            foreach (var counter in Counters)
                await Tally.GiveBack(counter, cancel);
        }
    }

    /// <summary>For a browser that has room of its own.</summary>
    public Pass Free => new(tally, []);

    public Task<(Pass Pass, BudgetSpent? Refused)> Message(string network, CancellationToken cancel) =>
        Take("message", network, budgets.ClientMessages, budgets.AllMessages, cancel);

    /// <summary>Taken before the code is looked at: a thousand at once are no more than the budget. Given back for a right one.</summary>
    public Task<(Pass Pass, BudgetSpent? Refused)> Code(string network, CancellationToken cancel) =>
        Take("wrong", network, budgets.ClientWrongCodes, budgets.AllWrongCodes, cancel);

    private async Task<(Pass, BudgetSpent?)> Take(string what, string network, Budget client, Budget all, CancellationToken cancel)
    {
        var (ofClient, ofAll) = ($"{what}/{key.Network(network)}", $"{what}/{All}");
        if (!await tally.Take(ofClient, client, cancel))
            return (Free, await Spent(what, ours: false, ofClient, client, cancel));
        if (await tally.Take(ofAll, all, cancel))
            return (new Pass(tally, [ofClient, ofAll]), null);
        await tally.GiveBack(ofClient, cancel);
        return (Free, await Spent(what, ours: true, ofAll, all, cancel));
    }

    private async Task<BudgetSpent> Spent(string what, bool ours, string counter, Budget budget, CancellationToken cancel)
    {
        refused.Add(1, new("what", what), new("budget", ours ? All : "client"));
        var soon = await tally.InThisQuarter(counter, cancel) >= budget.Quarter;
        if (ours && IsNew(counter))
            logger.LogError(
                "ALARM: the budget of sign-ins is spent for all: {What}, of {Quarter} and {Day}",
                what,
                budget.Quarter,
                budget.Day
            );
        return new BudgetSpent(ours, what == "wrong", soon ? tally.Quarter + SignInRules.Life : null);
    }

    private bool IsNew(string counter)
    {
        lock (alarms)
        {
            var told = alarms.TryGetValue(counter, out var quarter) && quarter == tally.Quarter;
            alarms[counter] = tally.Quarter;
            return !told;
        }
    }
}
