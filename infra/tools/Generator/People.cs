using System.Globalization;
using System.Text;

namespace Stages.Generator;

/// <summary>Invented people with names such as one meets in the Midi, accents, apostrophes and all. Addresses are under example.org, which nobody owns.</summary>
public sealed class People(int seed)
{
    private static readonly string[] FirstNames =
    [
        "Adam", "Aïcha", "Alice", "Alix", "Ambre", "Anaïs", "Anouk", "Antoine", "Apolline", "Arthur", "Assia", "Axel", "Aya", "Baptiste", "Camille", "Capucine", "Célestin",
        "Célia", "Chloé", "Clara", "Clément", "Côme", "Diego", "Élise", "Éloïse", "Emma", "Enzo", "Esteban", "Eva", "Fatoumata", "Félix", "Gabin", "Gabriel", "Hugo", "Ibrahim",
        "Inès", "Jade", "Jean-Baptiste", "Jeanne", "Joséphine", "Jules", "Julia", "Kenza", "Lana", "Léa", "Léo", "Léonie", "Liam", "Lina", "Loïc", "Lou-Anne", "Louis", "Louise",
        "Lucas", "Maël", "Maëlys", "Malik", "Manon", "Margaux", "Marius", "Mathéo", "Mathilde", "Mehdi", "Mila", "Naël", "Nathan", "Nina", "Noé", "Noémie", "Nour", "Océane",
        "Pablo", "Paul", "Pénélope", "Rayan", "Rémi", "Robin", "Romane", "Rose", "Sacha", "Salomé", "Sarah", "Sofia", "Solène", "Thaïs", "Théo", "Timéo", "Tom", "Valentin",
        "Victoire", "Yacine", "Yanis", "Zélie", "Zoé",
    ];

    private static readonly string[] ParentNames =
    [
        "Agnès", "Amina", "Anne-Laure", "Aurélie", "Bénédicte", "Bruno", "Cécile", "Christophe", "Claire", "Cyril", "David", "Delphine", "Émilie", "Fabien", "Farid", "Florence",
        "François", "Frédéric", "Géraldine", "Guillaume", "Hélène", "Isabelle", "Jérôme", "Julien", "Karim", "Khadija", "Laurent", "Laëtitia", "Leïla", "Ludovic", "Magali",
        "Marie-Pierre", "Mickaël", "Mireille", "Mohamed", "Nadia", "Nathalie", "Nicolas", "Olivier", "Patricia", "Raphaël", "Rachid", "Sandrine", "Sébastien", "Séverine", "Sonia",
        "Sophie", "Stéphane", "Sylvain", "Thierry", "Valérie", "Vincent", "Virginie", "Yamina", "Yves",
    ];

    private static readonly string[] FamilyNames =
    [
        "Abadie", "Alary", "Albert", "Amiel", "Arnaud", "Astruc", "Aubert", "Azéma", "Barthès", "Bastide", "Belkacem", "Benaïssa", "Benoît", "Bertrand", "Blanc", "Bonnet", "Bousquet",
        "Boyer", "Brès", "Cabrol", "Calvet", "Carrière", "Castel", "Cazals", "Cébélieu", "Chapuis", "Combes", "Coste", "D'Almeida", "Da Silva", "Delmas", "Diallo", "Dupuy", "El Amrani",
        "Estève", "Fabre", "Fernandez", "Ferrié", "Fournier", "Gaillard", "Galtier", "Garcia", "Gély", "Gimenez", "Gleizes", "Grégoire", "Guérin", "Guiraud", "Haddad", "Hébrard", "Jalabert",
        "Julià", "Lacombe", "Lefèvre", "Le Goff", "L'Hénoret", "Lopez", "Maazouzi", "Marty", "Mas", "Maurel", "Mazel", "Molinié", "Nègre", "N'Diaye", "Nguyen", "O'Connor", "Olivé", "Pagès",
        "Peyre", "Pérez", "Planès", "Pons", "Portalès", "Pujol", "Ramadier", "Rey", "Reynès", "Ribes", "Rivière", "Roca", "Rouquette", "Roux", "Sabatier", "Saïdi", "Salvà", "Sanchez", "Ségalas",
        "Séguier", "Serre", "Soulié", "Tarbouriech", "Teissier", "Traoré", "Valette", "Vaïsse", "Verdier", "Vidal", "Viguié", "Villeneuve", "Yıldız", "Zaïdi",
    ];

    private readonly Draw draw = new(seed);
    private int families;
    private int teachers;

    public string FirstName() => draw.One(FirstNames);

    public string FamilyName() => draw.One(FamilyNames);

    public bool Chance(double probability) => draw.Chance(probability);

    /// <summary>A guardian of the family; the address is theirs alone.</summary>
    public (string Name, string Email) Guardian(string familyName)
    {
        var first = draw.One(ParentNames);
        return ($"{first} {familyName}", string.Create(CultureInfo.InvariantCulture, $"{Plain(first)}.{Plain(familyName)}.{++families}@example.org"));
    }

    public (string Name, string Email) Teacher()
    {
        var (first, last) = (draw.One(ParentNames), draw.One(FamilyNames));
        return ($"{first} {last}", string.Create(CultureInfo.InvariantCulture, $"{Plain(first)}.{Plain(last)}.prof{++teachers}@example.org"));
    }

    /// <summary>A number of those that the regulator keeps for films and examples.</summary>
    public string Phone() => string.Create(CultureInfo.InvariantCulture, $"+3363998{draw.Below(10000):0000}");

    /// <summary>Letters of an address: <c>L'Hénoret</c> becomes <c>lhenoret</c>.</summary>
    private static string Plain(string name) => string.Concat(name.Normalize(NormalizationForm.FormD).Replace('ı', 'i')
        .Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')).ToLowerInvariant();
}
