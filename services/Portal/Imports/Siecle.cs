using System.Xml;

namespace Stages.Portal.Imports;

/// <summary>
/// ElevesAvecAdresses.xml or ElevesSansAdresses.xml of SIECLE, with the school in its parameters; read pupil by pupil, so that a file
/// takes no more memory than one of them.
/// </summary>
public static class Siecle
{
    public static Table Read(Stream stream, CancellationToken cancel)
    {
        using var xml = new BoundedXml(stream, cancel);
        while (xml.Next() && xml.Node.NodeType != XmlNodeType.Element) { }
        if (xml.Node.LocalName != "BEE_ELEVES")
            throw new InvalidDataException("Not SIECLE's pupils.");
        var school = "";
        var rows = new List<TableRow>();
        while (xml.Next() && rows.Count <= Table.MostRows)
        {
            if (xml.At("PARAMETRES"))
                school = Value(Fields(xml), "UAJ");
            else if (xml.At("ELEVE"))
            {
                var line = xml.Line;
                var pupil = Fields(xml);
                if (pupil.ContainsKey("PRENOM") && Value(pupil, "DATE_SORTIE").Length == 0)
                    rows.Add(Pupil(line, pupil, school));
            }
        }
        return new Table("siecle", Headings, rows);
    }

    /// <summary>The elements that stand directly in the one we are at, by name; the first of a name counts.</summary>
    private static Dictionary<string, string> Fields(BoundedXml xml)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var level = xml.Node.Depth + 1;
        foreach (var node in xml.Within())
            if (node.NodeType == XmlNodeType.Element && node.Depth == level)
                fields.TryAdd(node.LocalName, xml.Text().Trim());
        return fields;
    }

    private static TableRow Pupil(int line, Dictionary<string, string> e, string school) =>
        new(
            line,
            Table.Named(
                (
                    "nom",
                    Value(e, "NOM_USAGE") is { Length: > 0 } usual ? usual
                    : Value(e, "NOM_DE_FAMILLE") is { Length: > 0 } name ? name
                    : Value(e, "NOM")
                ),
                ("prénom", Value(e, "PRENOM")),
                ("niveau", LevelOf(Value(e, "CODE_MEF"))),
                ("UAI", school),
                ("année de naissance", Value(e, "DATE_NAISS")),
                ("INE", Value(e, "INE_RNIE") is { Length: > 0 } ine ? ine : Value(e, "ID_NATIONAL"))
            )
        );

    private static readonly string[] Headings = ["nom", "prénom", "niveau", "UAI", "année de naissance", "INE"];

    private static string Value(Dictionary<string, string> e, string name) => e.GetValueOrDefault(name, "");

    /// <summary>The first digits of a MEF say the class; one that we do not know stays as it is, and is refused with its line.</summary>
    private static string LevelOf(string mef) =>
        mef.Length < 3
            ? mef
            : mef[..3] switch
            {
                "100" => "6e",
                "101" => "5e",
                "102" => "4e",
                "103" => "3e",
                "200" => "2de",
                "201" => "1re",
                "202" => "Tle",
                _ => $"MEF {mef}",
            };
}
