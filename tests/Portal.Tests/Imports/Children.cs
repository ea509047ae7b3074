using CsCheck;

namespace Stages.Portal.Tests;

/// <summary>Who a child really is, whatever a list says of them.</summary>
/// <param name="Script">Among the twelve in which names are written here.</param>
public sealed record RealChild(int Script, int Given, int Family, int School, int Level, DateOnly Born, int Number, bool Decomposed)
{
    public static readonly string[] Schools = ["0340051W", "0110003U", "0340008Z"];
    public static readonly string[] Levels = ["6e", "5e", "4e"];

    /// <summary>Few, so that many are called alike.</summary>
    private static readonly (string[] Given, string[] Family)[] Names =
    [
        (["Léa", "Jérôme", "Noé", "Anaïs"], ["MARTIN", "LEFÈVRE", "Bœuf", "D’ALMEIDA"]),
        (["Łukasz", "Zofia"], ["Wójcik", "Žižka"]),
        (["Đức", "Thị Ánh"], ["Nguyễn", "Trần"]),
        (["Ольга", "Иван"], ["Иванова", "Петров"]),
        (["Ελένη", "Γιώργος"], ["Παπαδοπούλου", "Νικολάου"]),
        (["محمد", "فاطمة"], ["الحسن", "بن علي"]),
        (["דוד", "שרה"], ["כהן", "לוי"]),
        (["小龍", "美玲"], ["李", "王"]),
        (["さくら", "ケンジ"], ["たなか", "サトウ"]),
        (["민준", "서연"], ["김", "이"]),
        (["राहुल", "रीना"], ["शर्मा", "सिंह"]),
        (["Արամ", "Անի"], ["Պետրոսյան", "Սարգսյան"]),
    ];

    public static int Scripts => Names.Length;

    /// <summary>The first is written in every encoding of old.</summary>
    public static Gen<RealChild> Any(Gen<int> script) =>
        from s in script
        from given in Gen.Int[0, 3]
        from family in Gen.Int[0, 3]
        from school in Gen.Int[0, 2]
        from level in Gen.Int[0, 2]
        from year in Gen.Int[2011, 2013]
        from day in Gen.Int[0, 300]
        from decomposed in Gen.Bool
        select new RealChild(s, given, family, school, level, new DateOnly(year, 1, 1).AddDays(day), 0, decomposed && s > 0);

    public string First => Names[Script].Given[Given % Names[Script].Given.Length];
    public string Last => Names[Script].Family[Family % Names[Script].Family.Length];
    public string Uai => Schools[School];
    public string LevelText => Levels[Level];
    public string Ine => $"{120000000 + Number}AA";
    public string Email => $"p{Number}@example.org";
    public string Guardian => $"Parent {(char)('A' + (Number % 26))}{(char)('a' + (Number / 26 % 26))} {Last}";

    /// <summary>As some programs write accents: apart from their letters.</summary>
    public string Written(string text) => Decomposed ? text.Normalize(System.Text.NormalizationForm.FormD) : text;
}
