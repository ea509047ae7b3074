using System.Text;
using CsCheck;
using MiniExcelLibs;
using Stages.Portal.Imports;

namespace Stages.Portal.Tests;

/// <summary>Lists that are lists are read as they were written.</summary>
public sealed class TableTests
{
    private static readonly Gen<string> Word = Gen.String["abéèç'’ -_.:*@/<>&\"12"].Select(s => s.Trim('\'', '-', '@', ' '));

    private static readonly Gen<string[][]> Lists =
        from columns in Gen.Int[1, 12]
        from rows in Word.Array[columns].Array[1, 30]
        where rows.All(r => r.Any(c => c.Length > 0))
        select rows;

    [Fact]
    public void what_a_spreadsheet_says_is_read_wherever_its_cells_and_its_sheet_stand() =>
        (from list in Lists from named in Gen.Bool from aside in Gen.Bool select (list, named, aside)).Sample(
            x =>
            {
                var file = Packed.Xlsx(
                    to =>
                    {
                        to.Write($"<row>{string.Concat(x.list[0].Select((_, i) => Packed.Cell($"c{i}")))}</row>");
                        foreach (var row in x.list)
                        {
                            var cells = row.Select((text, i) => Packed.Cell(text, x.named ? $"{(char)('A' + i)}1" : null));
                            to.Write($"<row>{string.Concat(cells)}</row>");
                        }
                    },
                    target: x.aside ? "/aside/list.xml" : "worksheets/sheet1.xml"
                );
                Cells(file, x.list[0].Length).ShouldBe(x.list);
            },
            iter: 200
        );

    [Fact]
    public void what_a_csv_says_is_read() =>
        (from list in Lists from sign in Gen.OneOf(Gen.Const(';'), Gen.Const('\t')) select (list, sign)).Sample(
            x =>
            {
                var heading = string.Join(x.sign, Enumerable.Range(0, x.list[0].Length).Select(i => $"c{i}"));
                var lines = x.list.Select(r =>
                    string.Join(x.sign, r.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))
                );
                Cells(Encoding.UTF8.GetBytes(heading + "\n" + string.Join('\n', lines)), x.list[0].Length).ShouldBe(x.list);
            },
            iter: 200
        );

    [Fact]
    public void what_another_program_wrote_is_read_numbers_dates_and_answers_too()
    {
        using var file = new MemoryStream();
        file.SaveAs(
            new[]
            {
                new
                {
                    Nom = "Zoé <&>",
                    Né = new DateTime(2010, 3, 12),
                    Tél = 612345678,
                    Part = 0.5,
                    Oui = true,
                    Rien = (string?)null,
                },
            }
        );
        var row = Table.Read(file.ToArray(), CancellationToken.None).Rows.ShouldHaveSingleItem();
        (row.Line, row["nom"], row["né"], row["tél"], row["part"], row["oui"], row["rien"]).ShouldBe(
            (2, "Zoé <&>", "2010-03-12", "612345678", "0.5", "oui", "")
        );
    }

    [Fact]
    public void pupils_of_a_college_are_read_with_their_school()
    {
        const string eleves = """
            <?xml version="1.0" encoding="ISO-8859-15"?>
            <BEE_ELEVES VERSION="1.7"><PARAMETRES><UAJ>0340001A</UAJ></PARAMETRES><DONNEES><ELEVES>
            <ELEVE ELEVE_ID="1"><NOM_DE_FAMILLE>Bérard</NOM_DE_FAMILLE><PRENOM>Zoé</PRENOM><DATE_NAISS>12/03/2010</DATE_NAISS>
            <CODE_MEF>10010012110</CODE_MEF><SCOLARITE_AN_DERNIER><PRENOM>non</PRENOM></SCOLARITE_AN_DERNIER></ELEVE>
            <ELEVE ELEVE_ID="2"><NOM>Parti</NOM><PRENOM>Luc</PRENOM><DATE_SORTIE>01/02/2021</DATE_SORTIE></ELEVE>
            </ELEVES></DONNEES></BEE_ELEVES>
            """;
        var file = CodePagesEncodingProvider.Instance.GetEncoding("ISO-8859-15").ShouldNotBeNull().GetBytes(eleves);
        var packed = Packed.Zip([
            ("ElevesSansAdresses.xml", to => to.Write(eleves.Replace("ISO-8859-15", "UTF-8", StringComparison.Ordinal))),
        ]);
        var row = Table.Read(file, CancellationToken.None).Rows.ShouldHaveSingleItem();
        (row["nom"], row["prénom"], row["niveau"], row["UAI"], row["année de naissance"]).ShouldBe(
            ("Bérard", "Zoé", "6e", "0340001A", "12/03/2010")
        );
        Table.Read(packed, CancellationToken.None).Rows.Count.ShouldBe(1);
    }

    private static string[][] Cells(byte[] file, int columns)
    {
        var table = Table.Read(file, CancellationToken.None);
        return [.. table.Rows.Select(r => Enumerable.Range(0, columns).Select(i => r[$"c{i}"]).ToArray())];
    }
}
