using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Stages.Notifications.Letters;

/// <summary>Writes <see cref="LetterPage"/>.</summary>
public static class Html
{
    /// <summary>Letters with accents stay as they are: the part is UTF-8.</summary>
    private static readonly IServiceProvider Services = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    public static async Task<string> Of(Letter letter, Language language)
    {
        // A renderer keeps all that it has rendered: one for each letter.
        await using var renderer = new HtmlRenderer(Services, NullLoggerFactory.Instance);
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(LetterPage.Letter)] = letter,
            [nameof(LetterPage.Language)] = language,
        };
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<LetterPage>(ParameterView.FromDictionary(parameters))).ToHtmlString()
        );
    }
}
