using System.Xml;
using System.Xml.Linq;

namespace Stages.Portal.Imports;

/// <summary>
/// ElevesAvecAdresses.xml or ElevesSansAdresses.xml of SIECLE, with the school in its parameters; read pupil by pupil, so that a file
/// takes no more memory than one of them.
/// </summary>
public static class Siecle
{
    /// <summary>Of a whole département's pupils, and more.</summary>
    private const long MostCharacters = 32 * 1024 * 1024;

    public static Table Read(Stream stream, CancellationToken cancel)
    {
        using var xml = XmlReader.Create(
            stream,
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = MostCharacters }
        );
        xml.MoveToContent();
        if (xml.LocalName != "BEE_ELEVES")
            throw new InvalidDataException("Not SIECLE's pupils.");
        var school = "";
        var rows = new List<TableRow>();
        xml.Read();
        while (!xml.EOF && rows.Count <= Table.MostRows)
        {
            cancel.ThrowIfCancellationRequested();
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "PARAMETRES" })
                school = Value((XElement)XNode.ReadFrom(xml), "UAJ");
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "ELEVE" })
            {
                var line = ((IXmlLineInfo)xml).LineNumber;
                var pupil = (XElement)XNode.ReadFrom(xml);
                if (pupil.Element("PRENOM") is not null && Value(pupil, "DATE_SORTIE").Length == 0)
                    rows.Add(Pupil(line, pupil, school));
            }
            else
                xml.Read();
        }
        return new Table("siecle", [], rows);
    }

    private static TableRow Pupil(int line, XElement e, string school) =>
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
                ("année de naissance", Table.Year(Value(e, "DATE_NAISS")))
            )
        );

    private static string Value(XElement e, string name) => e.Element(name)?.Value.Trim() ?? "";

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
