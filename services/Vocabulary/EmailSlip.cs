namespace Stages.Vocabulary;

/// <summary>
/// An address that was perhaps meant to be another: <c>claire@gmial.con</c> looks like gmail.com. A hint for who types it and never a
/// refusal, since gmial.com may be somebody's.
/// </summary>
public static class EmailSlip
{
    private const int ShortestMeant = 7;

    /// <summary>
    /// Where most mail of families and teachers in France goes; after the bar what is right, but nobody means by a slip; then endings.
    /// </summary>
    private const string Domains =
        "gmail.com googlemail.com hotmail.com hotmail.fr outlook.com outlook.fr live.fr live.com msn.com yahoo.fr yahoo.com icloud.com "
        + "orange.fr wanadoo.fr free.fr laposte.net protonmail.com numericable.fr club-internet.fr aliceadsl.fr bbox.fr "
        + "ac-aix-marseille.fr ac-amiens.fr ac-besancon.fr ac-bordeaux.fr ac-clermont.fr ac-corse.fr ac-creteil.fr ac-dijon.fr "
        + "ac-grenoble.fr ac-guadeloupe.fr ac-guyane.fr ac-lille.fr ac-limoges.fr ac-lyon.fr ac-martinique.fr ac-mayotte.fr "
        + "ac-montpellier.fr ac-nancy-metz.fr ac-nantes.fr ac-nice.fr ac-normandie.fr ac-orleans-tours.fr ac-paris.fr ac-poitiers.fr "
        + "ac-reims.fr ac-rennes.fr ac-reunion.fr ac-strasbourg.fr ac-toulouse.fr ac-versailles.fr "
        + "| sfr.fr neuf.fr gmx.fr gmx.de gmx.com gmx.net aol.com me.com mac.com mail.com email.com ymail.com rocketmail.com proton.me "
        + "orange.com hotmail.de hotmail.it hotmail.es yahoo.de yahoo.it yahoo.es outlook.de outlook.es outlook.it live.be "
        + "| .con>.com .cmo>.com .ocm>.com .vom>.com .xom>.com .cim>.com .cpm>.com .comm>.com .frr>.fr .ffr>.fr .nett>.net";

    /// <summary>The same for the pages' script, which hints while one types: meant domains | other right ones | endings.</summary>
    public static string Words => Domains;

    private static readonly string[][] Parts = [.. Domains.Split('|').Select(p => p.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>The address that was perhaps meant; null for one that looks right, and for what is no address at all.</summary>
    public static string? Meant(string? typed)
    {
        var address = (typed ?? "").Trim();
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1)
            return null;
        var domain = address[(at + 1)..].ToLowerInvariant();
        return MeantDomain(domain) is { } meant ? address[..(at + 1)] + meant : null;
    }

    private static string? MeantDomain(string domain)
    {
        if (Parts[0].Contains(domain) || Parts[1].Contains(domain))
            return null;
        for (var most = 1; most <= 2; most++)
            foreach (var known in Parts[0].Where(k => k.Length >= ShortestMeant))
                if (most <= Slips.Allowed(domain) && Slips.Join(domain, known, most))
                    return known;
        foreach (var ending in Parts[2].Select(e => e.Split('>')))
            if (domain.EndsWith(ending[0], StringComparison.Ordinal))
                return domain[..^ending[0].Length] + ending[1];
        return null;
    }
}
