using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stages.Api.Scheduling;
using Stages.Portal.Pages.Shared;

namespace Stages.Portal.Tests;

/// <summary>One thing says how far a pairing is, and nothing that is known only at its end stands there before.</summary>
public sealed partial class RunStateTests
{
    private static readonly RunScore Some = new(41, 60, 900, 1000, 0.1, 7);

    [Theory]
    [InlineData(RunStatus.Queued, 0, "fr")]
    [InlineData(RunStatus.Running, 0.29, "fr")]
    [InlineData(RunStatus.Running, 0.29, "en")]
    public async Task a_run_under_way_says_how_far_it_is_once(RunStatus status, double progress, string language)
    {
        var page = await Shown(Run(status, progress, Some) with { ElapsedSeconds = 1, StageCount = 0 }, language);
        page.ShouldContain($"value=\"{progress.ToString(CultureInfo.InvariantCulture)}\"");
        // The gap is a percentage too, and the only other one.
        Percentages().Count(Tags().Replace(page, "")).ShouldBe(1, page);
        page.ShouldNotContain("stages<");
        page.ShouldNotContain(" s</strong>");
    }

    [Theory]
    [InlineData(0.1, false)]
    [InlineData(0, true)]
    public async Task a_run_that_has_ended_says_what_came_of_it_and_whether_that_is_proved(double gap, bool isProved)
    {
        foreach (var (language, words) in new[] { ("fr", "C’est prouvé"), ("en", "Proved") })
        {
            var page = await Shown(Run(RunStatus.Done, 1, Some with { Gap = gap }) with { ElapsedSeconds = 2, StageCount = 9 }, language);
            page.ShouldNotContain("<progress");
            page.ShouldContain("<strong>9</strong><span>stages</span>");
            page.ShouldContain("2 s</strong>");
            page.Contains(words, StringComparison.Ordinal).ShouldBe(isProved, page);
        }
    }

    private static RunView Run(RunStatus status, double progress, RunScore score) =>
        new(Guid.Empty, Guid.Empty, status, progress, score, 1, 10, Keep.None, 0, DateTimeOffset.MinValue, null, null, 0, 0, 1);

    private static async Task<string> Shown(RunView run, string language)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(RunState.Run)] = run };
            var html = (await renderer.RenderComponentAsync<RunState>(ParameterView.FromDictionary(parameters))).ToHtmlString();
            return WebUtility.HtmlDecode(html);
        });
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\d\s?%", RegexOptions.None, 1000)]
    private static partial Regex Percentages();
}
