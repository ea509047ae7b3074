using System.Text.Json;
using Stages.Demo;
using Stages.LocalRun;

// The demonstration of infra/run --demo: plays the main job through the public API, tells it on standard error, writes the figures.
var clock = TimeProvider.System;
var options = Options.Parse(args, clock);
var screen = new Screen(clock);
using var api = new Api(options.Portal, clock);
using var tokens = new LocalTokens(options.Data, clock);
try
{
    var play = new Play(options, api, tokens, screen, clock);
    if (options.Class == "only")
    {
        await play.PlayClass();
        return 0;
    }
    var figures = await play.Run();
    var line = JsonSerializer.Serialize(figures, FiguresJson.Default.Figures);
    File.WriteAllText(Path.Combine(options.Data, "demo.json"), line + "\n");
    screen.Step("The campaign, from enrolment to the published timetable");
    screen.Line(
        $"{figures.Enrolments} enrolments and {figures.Offers} offers; {figures.PlacedWishes} of {figures.Wishes} "
            + $"wishes have a place ({100.0 * figures.PlacedWishes / Math.Max(1, figures.Wishes):0.0} %)."
    );
    screen.Line(
        $"Weight placed {figures.PlacedWeight:0} of at most {figures.Bound:0}: no timetable is more than "
            + $"{100 * (figures.Bound - figures.PlacedWeight) / Math.Max(1, figures.PlacedWeight):0.0} % better."
    );
    screen.Line(
        $"{figures.Published} of {figures.Stages} stages published, "
            + $"{figures.CalendarEvents} modules in calendars, {figures.MailsDelivered} mails in the mailbox."
    );
    screen.Line($"{figures.Seconds} s since infra/run was called.");
    screen.Line(
        $"Sign in as a family, a teacher or a coordinator at {options.Portal} "
            + $"with an address from the mailbox; the mailbox shows the sign-in mail. "
            + "Coordinators also set up a passkey or an authenticator app, once."
    );
    if (options.Class == "yes")
        await play.PlayClass();
    return 0;
}
catch (Exception e) when (e is ApiFailure or TimeoutException or FormatException or IOException or HttpRequestException)
{
    screen.Step($"The demonstration stopped: {e.Message}");
    return 1;
}
