using System.Text;
using Stages.Portal.Imports;

namespace Stages.Portal.Tests;

/// <summary>Files as programs and people make them: read rightly, or refused in words that say what to do.</summary>
public sealed class FileTests
{
    private const string Heading = "nom;prénom;niveau;UAI\r\n";
    private const string Eve = "MARTIN;Ève;6e;0340051W\r\n";

    [Theory]
    [InlineData("Liste des élèves 2026-2027;;;\r\n;;;\r\n" + Heading + Eve)]
    [InlineData("Liste des élèves, rentrée 2026\r\n" + Heading + Eve)]
    [InlineData("sep=;\r\n" + Heading + Eve)]
    [InlineData("\r\n;;;\r\n" + Heading + ";;;\r\n" + Eve + "   ;  ; ; \r\n")]
    [InlineData("nom\tprénom\tniveau\tUAI\nMARTIN\tÈve\t6e\t0340051W\n")]
    [InlineData("\uFEFFNOM;PRÉNOM;Niveau;Code UAI\nMARTIN; Ève\u00a0;6e\u202f;0340051w\u00a0\n")]
    [InlineData("nom,prénom,niveau,UAI\n\"MARTIN\",\"Ève\",\"6e\",0340051W\n")]
    public void a_list_is_found_wherever_it_begins(string file)
    {
        var line = new Enrolled().Look(Enrolled.Read(file)).ShouldHaveSingleItem();
        (line.What, line.Who).ShouldBe(("create", "Ève MARTIN"));
    }

    [Theory]
    [InlineData("Nom;Prénom;Niveau;UAI;Nom;Prénom;Courriel\nBERNARD;Lina;6e;0340051W;DURAND;Sophie;s@example.org", "A « Nom », E « Nom »")]
    [InlineData("nom;prénom;niveau;UAI\nROU\0X;Tim;6e;0340051W", "ligne 2 contient un signe nul")]
    [InlineData("Élève;Classe\nTim Roux;6e A", "il manque nom, prénom. Titres lus : « Élève », « Classe »")]
    public void what_cannot_be_meant_is_refused_in_words(string file, string words) =>
        Should
            .Throw<UnreadableFile>(() =>
            {
                var table = Enrolled.Read(file);
                Columns.Require(table.Columns, "inscriptions");
            })
            .Message.Plain()
            .ShouldContain(words);

    [Theory]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1 }, ".xls")]
    [InlineData(new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2D }, "PDF")]
    public void what_is_no_list_is_named(byte[] file, string words) =>
        Should.Throw<UnreadableFile>(() => Enrolled.Read(file)).Message.ShouldContain(words);

    [Theory]
    [InlineData("année de naissance", "12/03/2013", 2013)]
    [InlineData("année de naissance", "2013-03-12", 2013)]
    [InlineData("Né(e) le", "1.3.2013", 2013)]
    [InlineData("date de naissance", "2013", 2013)]
    [InlineData("année de naissance", "32/03/2013", null)]
    [InlineData("année de naissance", "1899", null)]
    public void a_year_is_read_out_of_a_date(string column, string cell, int? year)
    {
        var (line, faults) = EnrolmentLine.Read(
            Enrolled.Read($"nom;prénom;{column}\nROUX;Tim;{cell}").Rows[0],
            Enrolled.Campaign,
            Enrolled.Usual
        );
        line.Year.ShouldBe(year);
        faults.Count.ShouldBe(year is null ? 1 : 0);
    }

    [Theory]
    [InlineData("#N/A")]
    [InlineData("#REF!")]
    [InlineData("#VALEUR!")]
    [InlineData("#NOM?")]
    public void what_a_spreadsheet_did_not_find_is_no_name(string error)
    {
        foreach (var column in Written.EnrolmentColumns.Except(["inscription", "état"]))
        {
            var cells = Written.EnrolmentColumns.Select(c =>
                c == column ? error
                : c == "nom" ? "ROUX"
                : c == "prénom" ? "Tim"
                : c == "niveau" ? "6e"
                : c == "UAI" ? "0340051W"
                : ""
            );
            var line = new Enrolled()
                .Look(Enrolled.Read($"{string.Join(';', Written.EnrolmentColumns)}\n{string.Join(';', cells)}"))
                .Single();
            (line.What, line.Faults[0].Column).ShouldBe(("refused", column));
        }
    }

    [Fact]
    public void a_workbook_with_its_list_on_a_later_sheet_is_read_and_one_with_two_lists_is_refused()
    {
        var row = "<row>" + string.Concat(new[] { "nom", "prénom", "niveau" }.Select(c => Packed.Cell(c))) + "</row>";
        var list = row + "<row>" + string.Concat(new[] { "ROUX", "Tim", "6e" }.Select(c => Packed.Cell(c))) + "</row>";
        var title = $"<row>{Packed.Cell("Liste des élèves")}</row>";
        Enrolled.Read(Packed.Book(("Notes", title), ("6e", title + list))).Rows.ShouldHaveSingleItem()["nom"].ShouldBe("ROUX");
        Should
            .Throw<UnreadableFile>(() => Enrolled.Read(Packed.Book(("6e A", list), ("6e B", list))))
            .Message.Plain()
            .ShouldContain("« 6e A », « 6e B »");
    }

    /// <summary>In whatever letters: read as it was written, or refused; never read wrongly.</summary>
    [Theory]
    [InlineData(1252)]
    [InlineData(28591)]
    [InlineData(28605)]
    [InlineData(10000)]
    [InlineData(1200)]
    [InlineData(1201)]
    [InlineData(65001)]
    public void french_is_read_in_the_letters_of_old(int page)
    {
        CodePagesEncodingProvider.Instance.ShouldNotBeNull();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var heading in new[] { "nom;prénom;niveau;UAI\r\n", "nom;prenom;niveau;UAI\r\n" })
        foreach (
            var (last, first) in new[] { ("LEFÈVRE", "Jérôme"), ("Muñoz", "Zoë"), ("GARÇON", "Anaïs"), ("Böhm", "Noël"), ("NUÑEZ", "Théo") }
        )
        {
            var table = Enrolled.Read(Encoding.GetEncoding(page).GetBytes($"{heading}{last};{first};6e;0340051W\r\n"));
            (table.Rows[0]["nom"], table.Rows[0]["prénom"]).ShouldBe((last, first));
        }
    }

    [Theory]
    [InlineData(850, "nom;prénom\r\nLEFÈVRE;Jérôme")]
    [InlineData(1251, "nom;prenom\r\nИванова;Ольга")]
    [InlineData(1253, "nom;prenom\r\nΠαπαδοπούλου;Ελένη")]
    [InlineData(1256, "nom;prenom\r\nالحسن;محمد")]
    [InlineData(932, "nom;prenom\r\nたなか;さくら")]
    public void letters_that_cannot_be_known_are_refused(int page, string list)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Should
            .Throw<UnreadableFile>(() => Enrolled.Read(Encoding.GetEncoding(page).GetBytes(list)))
            .Message.ShouldContain("ne se lisent pas sûrement");
    }
}
