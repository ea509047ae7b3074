using System.Diagnostics;
using System.Globalization;

namespace Stages.Notifications.Tests;

/// <summary>Nothing lost, nothing doubled, soon enough: real processes, a real mail server, kills without warning.</summary>
public sealed class RobustnessTests(TwoCopies service, ITestOutputHelper output) : IClassFixture<TwoCopies>
{
    [Fact]
    public async Task two_copies_share_the_work_and_send_each_mail_once()
    {
        await service.Acknowledge(300, "shared.example");
        var mails = await service.AllTold("shared.example", 300);
        mails.Values.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public async Task a_copy_that_is_killed_loses_nothing_and_repeats_a_mail_at_most_once()
    {
        await service.Acknowledge(500, "killed.example");
        await Eventually.Is(() => Task.FromResult(service.Mails("killed.example").Count), told => told >= 100);
        await service.A.Kill();
        service.A.Start();
        var mails = await service.AllTold("killed.example", 500);
        var twice = mails.Values.Count(count => count == 2);
        output.WriteLine($"500 acknowledged, {mails.Count} told, {twice} of them twice");
        mails.Values.ShouldAllBe(count => count <= 2);
        await service.A.Ready();
    }

    [Fact]
    public async Task a_mail_server_that_is_away_delays_mails_and_loses_none()
    {
        await service.Mailbox.Stop();
        await service.Acknowledge(60, "away.example");
        await Eventually.Is(() => service.Summary(), s => s.Pending == 60);
        await service.Mailbox.Start();
        (await service.AllTold("away.example", 60)).Values.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public async Task a_backlog_of_three_thousand_mails_drains_fast()
    {
        await service.Mailbox.Stop();
        await service.Acknowledge(3000, "backlog.example");
        await Eventually.Is(() => service.Summary(), s => s.Pending == 3000, TimeSpan.FromMinutes(3));
        var worked = Worked();
        await service.Mailbox.Start();
        await Eventually.Is(() => Task.FromResult(service.Mailbox.Count), count => count >= 100);
        var (watch, from) = (Stopwatch.StartNew(), service.Mailbox.Count);
        await Eventually.Is(() => service.Summary(), s => s.Pending == 0, TimeSpan.FromMinutes(3));
        var rate = (service.Mailbox.Count - from) / watch.Elapsed.TotalSeconds;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rate:0} mails a second from two copies to one mail server; "
                    + $"{(Worked() - worked).TotalMilliseconds / 3000:0.00} ms of processor time a mail"
            )
        );
        service.Mails("backlog.example").Count.ShouldBe(3000);
    }

    [Fact]
    public async Task a_publication_of_eight_hundred_pupils_reaches_every_mailbox()
    {
        var campaign = Some.Id();
        await service.Publish(Some.CampaignOpened(campaign));
        var enrolments = Enumerable.Range(0, 800).Select(_ => Some.Id()).ToArray();
        var offers = Enumerable.Range(0, 110).Select(_ => Some.Id()).ToArray();
        for (var i = 0; i < offers.Length; i++)
            await service.Publish(Some.Offer(campaign, offers[i], Invariant($"teacher-{i}@publication.example")));
        for (var i = 0; i < enrolments.Length; i++)
            await service.Publish(Some.Acknowledged(campaign, enrolments[i], Some.Guardian(Invariant($"pupil-{i}@publication.example"))));
        await Eventually.Is(() => service.Summary(campaign), s => s.Delivered == 910, TimeSpan.FromMinutes(3));

        // Every pupil in two stages of five: 1,600 places, 320 timetables.
        var watch = Stopwatch.StartNew();
        var worked = Worked();
        var groups = enrolments.Chunk(5).SelectMany(group => new[] { group, group }).ToArray();
        await Parallel.ForAsync(
            0,
            groups.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (i, _) =>
                await service.Publish(
                    Some.Published(campaign, Some.Id(), offers[i / 2 % offers.Length], Some.Modules(Some.NextMonday), groups[i])
                )
        );
        await Eventually.Is(() => service.Summary(campaign), s => s.Delivered == 910 + 1920, TimeSpan.FromMinutes(3));
        service
            .Mailbox.Mails.Where(m => m.Headers["X-Stages-Kind"] == "place-offered")
            .Select(m => m.Headers["Delivered-To"]!)
            .Where(to => to.EndsWith("@publication.example", StringComparison.Ordinal))
            .GroupBy(to => to)
            .Select(mails => mails.Count())
            .ShouldBe(Enumerable.Repeat(1, 800), "both places in one mail");
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"1,920 places and timetables with 5,760 invitations in {watch.Elapsed.TotalSeconds:0.0} s: "
                    + $"{1920 / watch.Elapsed.TotalSeconds:0} a second; "
                    + $"{(Worked() - worked).TotalSeconds:0.0} s of processor time in both copies"
            )
        );
    }

    private TimeSpan Worked() =>
        new[] { service.A, service.B }.Aggregate(TimeSpan.Zero, (sum, copy) => sum + Process.GetProcessById(copy.Id).TotalProcessorTime);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
