using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Portal.Tests;

/// <summary>
/// What is pressed by mistake and cannot be taken back is asked for first, without a script too: its button stands in a part of the page
/// that has to be opened and says what follows, or beside a box to be ticked.
/// </summary>
public sealed partial class DecidingTests
{
    /// <summary>Can be done again at once, and costs nobody anything.</summary>
    private static readonly string[] Harmless =
    [
        "le dernier geste",
        "Interrompre",
        "Retirer mon désaccord",
        "\"Déconnecter\", \"Sign out\"",
        "Déconnecter cette personne",
        "Déconnecter tous les autres appareils",
    ];

    [Fact]
    public void a_button_that_takes_away_is_never_the_first_thing_pressed()
    {
        var pages = Directory.GetFiles(
            Path.Combine(Servers.Checkout, "services", "Portal", "Pages"),
            "*.razor",
            SearchOption.AllDirectories
        );
        var (found, bare) = (0, new List<string>());
        foreach (var page in pages)
        {
            var text = File.ReadAllText(page);
            foreach (Match button in Button().Matches(text))
            {
                var says = button.Groups["text"].Value;
                if (!TakesAway().IsMatch(says) || Harmless.Any(h => says.Contains(h, StringComparison.Ordinal)))
                    continue;
                found++;
                if (!Asked(text, button.Index))
                    bare.Add($"{Path.GetFileName(page)}: {says.Trim()}");
            }
        }
        bare.ShouldBeEmpty();
        found.ShouldBeGreaterThan(8);
    }

    private static bool Asked(string text, int at)
    {
        var before = text[..at];
        var opened = Count(before, "<details") > Count(before, "</details>");
        var form = before[Math.Max(0, before.LastIndexOf("<form", StringComparison.Ordinal))..];
        return opened || form.Contains("Choice Name=\"sure\"", StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("<button[^>]*>(?<text>.*?)</button>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Button();

    [GeneratedRegex(
        "Retirer|Supprimer|Décliner|Effacer|Libérer|Refuser|Rejeter|Annuler|Clore|Déconnecter|Interrompre",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TakesAway();
}
