using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;

namespace Stages.SystemTests.Portal;

/// <summary>What holds for every page of the Portal besides what axe-core finds by day: for a finger, and in the dark.</summary>
internal static partial class Comfort
{
    private static readonly ConcurrentDictionary<string, bool> Dark = new(StringComparer.Ordinal);

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.None, 1000)]
    private static partial Regex Ids();

    private static readonly AxeRunOptions InTheDark = new()
    {
        RunOnly = new() { Type = "rule", Values = ["color-contrast", "target-size"] },
    };

    public static async Task LooksWell(this IPage page, string name)
    {
        await page.ReadsWell(name);
        (await page.EvaluateAsync<string[]>(Small)).ShouldBeEmpty($"smaller than 24 pixels on {name} ({page.Url})");
        // Where people have colours of their own, ours are not shown by day or by night.
        if (await page.EvaluateAsync<bool>("() => matchMedia('(forced-colors: active)').matches"))
            return;
        // Colours are the same at every size and without a script: each page is looked at in the dark once in a run.
        if (!Dark.TryAdd($"{name} {Ids().Replace(new Uri(page.Url).AbsolutePath, "")}", true))
            return;
        await page.IsDark();
        try
        {
            (await page.EvaluateAsync<bool>(Night)).ShouldBeTrue($"{name} stays light in the dark ({page.Url})");
            (await page.RunAxe(InTheDark))
                .Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}")
                .ShouldBeEmpty($"axe in the dark on {name} ({page.Url})");
        }
        finally
        {
            await page.IsLight();
        }
    }

    /// <summary>At once: colours that fade into each other would be measured on their way.</summary>
    public static Task IsDark(this IPage page) =>
        page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });

    /// <summary>What is folded away takes its colours when it is unfolded: it does not fade then either.</summary>
    public static Task IsLight(this IPage page) =>
        page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });

    private const string Night = """
        () => {
          const light = (colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
          const page = getComputedStyle(document.documentElement);
          return light(page.backgroundColor) < light(page.color);
        }
        """;

    /// <summary>WCAG 2.5.8 lets a small target be where nothing is near it; ours are large enough wherever they stand.</summary>
    private const string Small = """
        () => {
          const found = [];
          const all = 'button, summary, select, input:not([type=hidden]), [role=button], .target, table.list a, nav a';
          for (const target of document.querySelectorAll(all)) {
            const whole = target.matches('input') ? (target.closest('label') ?? target) : target;
            const box = whole.getBoundingClientRect();
            // Nobody aims at what is not there, or is there for a screen reader alone.
            if (!target.checkVisibility({ visibilityProperty: true }) || target.closest('.away, .skip') || box.width === 0) continue;
            const size = `${Math.round(box.width)} x ${Math.round(box.height)}`;
            if (box.width < 23.9 || box.height < 23.9) found.push(`${size}: ${target.outerHTML.slice(0, 160)}`);
          }
          return found;
        }
        """;
}
