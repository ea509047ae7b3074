namespace Stages.Testing;

/// <summary>
/// What people type, and what is kept of it (null: refused). Every door of every service goes through these same tables, so that a
/// number that is good for an enrolment is good for signing in, and an address good for an offer is good for both.
/// </summary>
public static class Spellings
{
    public static readonly IReadOnlyList<(string Typed, string? Kept)> Phones =
    [
        ("06 39 98 00 01", "+33639980001"),
        ("06.39.98.00.01", "+33639980001"),
        ("06\u00a039\u00a098\u00a000\u00a001", "+33639980001"),
        ("+33 (0)6 39 98 00 01", "+33639980001"),
        ("0033 06 39 98 00 01", "+33639980001"),
        ("+330639980001", "+33639980001"),
        ("639980001", "+33639980001"),
        ("0692 12 34 56", "+262692123456"),
        ("+33692123456", "+262692123456"),
        ("0690 12 34 56", "+590690123456"),
        ("0694 20 12 34", "+594694201234"),
        ("0696 20 12 34", "+596696201234"),
        ("0639 12 34 56", "+262639123456"),
        ("06 39 98 00 1", null),
        ("+33 6 39 98 00", null),
        ("123456789012345", null),
        ("08 99 12 34 56", null),
        ("3631", null),
        ("+881 6 1234 5678", null),
        ("+870 773 111 632", null),
        ("+882 16 1234 5678", null),
        ("+979 1 2345 6789", null),
        ("+1 900 555 0100", null),
        ("+44 906 123 4567", null),
        ("0 805 12 34 56", null),
        ("0836 65 65 65", null),
        ("claire@example.org", null),
    ];

    /// <summary>In lower case: some doors keep the capitals before the @, none tells accounts apart by them.</summary>
    public static readonly IReadOnlyList<(string Typed, string? Kept)> Emails =
    [
        ("claire@example.org", "claire@example.org"),
        (" claire@EXAMPLE.org ", "claire@example.org"),
        ("Claire@example.org", "claire@example.org"),
        ("claire\u200b@example.org", "claire@example.org"),
        ("claire@example.org.", "claire@example.org"),
        ("claire@académie.fr", "claire@xn--acadmie-eya.fr"),
        ("claire@example", null),
        ("claire", null),
        ("cla ire@example.org", null),
        ("hélène@example.org", null),
        ("claire@example.org, tom@example.org", null),
        ("Claire <claire@example.org>", null),
    ];

    /// <summary>Whatever is kept goes into letters and their subjects.</summary>
    public static readonly IReadOnlyList<(string Typed, string? Kept)> Names =
    [
        ("  Hélène ", "Hélène"),
        ("J.-P.", "J.-P."),
        ("Mª José", "Mª José"),
        ("N’Diaye", "N’Diaye"),
        ("de la Cruz", "de la Cruz"),
        ("Ольга", "Ольга"),
        ("\u202eanimaL", "animaL"),
        ("Gagnez 500 EUR: http://evil.example/x", null),
        ("www.evil", null),
        ("evil.com", null),
        ("x.com", null),
        ("t.me/evil", null),
        ("lea@example.org", null),
        ("Appelez 08 99 12 34 56", null),
        ("Léa\u0007", null),
        ("123", null),
    ];

    /// <summary>What staff and guardians write in their own words.</summary>
    public static readonly IReadOnlyList<(string Typed, string? Kept)> Prose =
    [
        ("Trop peu d’élèves.\nVoir https://ac.example/aide", "Trop peu d’élèves.\nVoir https://ac.example/aide"),
        ("Printemps\t2021", "Printemps\t2021"),
        ("Printemps \u202e1202", null),
        ("Printemps\u200e", null),
        ("Printemps\u0007", null),
    ];

    public static readonly IReadOnlyList<(string Typed, string? Kept)> Schools =
    [
        ("0340051W", "0340051W"),
        (" 0340051w ", "0340051W"),
        ("0340051W\u00a0", "0340051W"),
        ("0340051X", null),
        ("340051W", null),
        ("collège", null),
    ];

    public static readonly IReadOnlyList<(string Typed, string? Kept)> Levels =
    [
        ("6e", "6e"),
        ("6ème", "6e"),
        ("SIXIEME", "6e"),
        ("6", "6e"),
        ("Year 7", "6e"),
        ("7e", null),
        ("sixte", null),
        ("CP/CE1", null),
    ];

    /// <summary>Every text of a table at one door: what it makes of each is what the table says.</summary>
    /// <param name="door">What is kept, or null when it is refused.</param>
    public static void Hold(IReadOnlyList<(string Typed, string? Kept)> table, Func<string, string?> door)
    {
        var wrong = table.Select(t => (t.Typed, t.Kept, Got: door(t.Typed))).Where(t => t.Kept != t.Got).ToList();
        if (wrong.Count > 0)
            throw new InvalidOperationException(
                string.Join(
                    '\n',
                    wrong.Select(t => $"« {t.Typed} » should be kept as {t.Kept ?? "(refused)"}, but is {t.Got ?? "(refused)"}")
                )
            );
    }
}
