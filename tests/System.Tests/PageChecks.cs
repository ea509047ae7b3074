using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;

namespace Stages.SystemTests;

/// <summary>What holds for every page that a test looks at.</summary>
internal static class PageChecks
{
    /// <summary>
    /// Pictures are for people who look at pages: <c>STAGES_PICTURES=1</c> takes them. A run that nobody looks at spends a tenth of its
    /// time on them.
    /// </summary>
    public static readonly bool Pictures = Environment.GetEnvironmentVariable("STAGES_PICTURES") == "1";

    public static async Task Picture(this IPage page, string folder, string name, bool whole = false)
    {
        if (Pictures)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = whole });
    }

    /// <summary>Nothing that axe-core finds, and no line of French that could begin with a sign of its own.</summary>
    /// <param name="name">Of the page, for who reads the failure.</param>
    public static async Task ReadsWell(this IPage page, string name)
    {
        var result = await page.RunAxe();
        result
            .Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}")
            .ShouldBeEmpty($"axe on {name} ({page.Url})");
        (await page.EvaluateAsync<string[]>(Loose)).ShouldBeEmpty($"signs that may begin a line on {name} ({page.Url})");
    }

    private const string Loose = """
        () => {
          if (!document.documentElement.lang.startsWith('fr')) return [];
          const found = [];
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const { data, parentElement } = texts.currentNode;
            if (parentElement.closest('script, style, code, pre, textarea, [lang=en]')) continue;
            if (/\S [:;!?%»]|« /.test(data)) found.push(data.trim());
          }
          for (const e of document.querySelectorAll('[aria-label], [title], [placeholder]'))
            for (const name of ['aria-label', 'title', 'placeholder'])
              if (/\S [:;!?%»]|« /.test(e.getAttribute(name) ?? '')) found.push(e.getAttribute(name));
          return [...new Set(found)];
        }
        """;
}
