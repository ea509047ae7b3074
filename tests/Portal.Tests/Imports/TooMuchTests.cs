using System.Text;
using Stages.Portal.Imports;

namespace Stages.Portal.Tests;

/// <summary>Files that mean work or memory and no list: each is refused in words, soon, and with little memory.</summary>
public sealed class TooMuchTests
{
    /// <summary>All that reading may take in the course of it, in bytes; what is held at one moment is less.</summary>
    private const long MostTaken = 400L * 1024 * 1024;

    private const string Heading = "<row><c t=\"inlineStr\"><is><t>nom</t></is></c></row>";

    private static readonly Dictionary<string, Func<byte[]>> Files = new(StringComparer.Ordinal)
    {
        ["a spreadsheet of a million columns"] = () =>
            Packed.Xlsx(to =>
            {
                to.Write("<row r=\"1\">");
                to.Repeat(1_000_000, _ => "<c><v>1</v></c>");
                to.Write("</row>");
            }),
        ["a cell far to the right"] = () => Packed.Xlsx(to => to.Write(Heading + "<row>" + Packed.Cell("x", "XFD2") + "</row>")),
        ["a cell beyond all columns"] = () => Packed.Xlsx(to => to.Write(Heading + "<row>" + Packed.Cell("x", "ZZZZZZZZ2") + "</row>")),
        ["a million rows"] = () => Packed.Xlsx(to => to.Repeat(1_000_000, i => $"<row>{(i < 9000 ? Packed.Cell("x") : "")}</row>")),
        ["one long text in every cell"] = () =>
            Packed.Xlsx(
                to => to.Repeat(5000, _ => $"<row>{string.Concat(Enumerable.Repeat("<c t=\"s\"><v>0</v></c>", 90))}</row>"),
                to => to.Write($"<si><t>{new string('x', 3900)}</t></si>")
            ),
        ["a million texts that no cell names"] = () =>
            Packed.Xlsx(to => to.Write(Heading), to => to.Repeat(1_000_000, i => $"<si><t>{i}</t></si>")),
        ["a text without an end"] = () => Packed.Xlsx(to => to.Write("<row>" + Packed.Cell(new string('x', 5_000_000)) + "</row>")),
        ["a cell of many texts"] = () =>
            Packed.Xlsx(to =>
            {
                to.Write("<row><c t=\"inlineStr\"><is>");
                to.Repeat(1_000_000, _ => "<r><t>xxxxxxxx</t></r>");
                to.Write("</is></c></row>");
            }),
        ["elements within elements"] = () => Packed.Xlsx(to => to.Repeat(4_000_000, _ => "<a>")),
        ["a name for each element"] = () => Packed.Xlsx(to => to.Repeat(2_000_000, i => $"<a{i}/>")),
        ["an attribute without an end"] = () => Packed.Xlsx(to => to.Write($"<row spans=\"{new string('1', 30_000_000)}\"/>")),
        ["a hundred thousand attributes"] = () =>
            Packed.Xlsx(to =>
            {
                to.Write("<row ");
                to.Repeat(100_000, i => $"a{i}=\"\" ");
                to.Write("/>");
            }),
        ["a section in which nothing is a tag"] = () =>
            Packed.Xlsx(to => to.Write($"<row><c><v><![CDATA[{new string('<', 20_000_000)}]]></v></c></row>")),
        ["a document type with entities"] = () =>
            Packed.Zip([("xl/workbook.xml", to => to.Write("<!DOCTYPE w [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><w>&b;</w>"))]),
        ["a sheet beside its folder, too wide"] = () =>
            Packed.Xlsx(to => to.Write("<row>" + Packed.Cell("x", "XFD1") + "</row>"), target: "/elsewhere.xml"),
        ["a sheet that is not there"] = () =>
            Packed.Zip([("xl/workbook.xml", to => to.Write("<workbook><sheets><sheet/></sheets></workbook>"))]),
        ["a gigabyte of spaces in an archive"] = () =>
            Packed.Zip([("xl/workbook.xml", to => to.Repeat(1024, _ => new string(' ', 1024 * 1024)))]),
        ["ten thousand parts in an archive"] = () =>
            Packed.Zip([.. Enumerable.Range(0, 10_000).Select(i => ($"xl/{i}.xml", (Action<StreamWriter>)(to => to.Write('x'))))]),
        ["an archive cut off"] = () => Packed.Xlsx(to => to.Repeat(100, _ => Heading))[..300],
        ["a CSV of 60 MB in one line"] = () => Filled(60, "x"),
        ["a CSV of 8 MB in one line"] = () => Filled(8, "x"),
        ["a CSV of nothing but columns"] = () => Filled(8, ";"),
        ["a CSV of columns within quotes"] = () => Text("nom;prénom\n" + string.Concat(Enumerable.Repeat("\"\n\";;;;", 1_000_000))),
        ["a CSV whose quote never ends"] = () => Text("nom;prénom\n\"" + string.Concat(Enumerable.Repeat("x;\n", 2_000_000))),
        ["a CSV of nothing but quotes"] = () => Filled(8, "\""),
        ["a CSV of a million lines"] = () => Text("nom\n" + string.Concat(Enumerable.Repeat("a\n", 1_000_000))),
        ["a CSV of 200 columns"] = () => Text(string.Join(';', Enumerable.Range(0, 200)) + "\n1"),
        ["SIECLE, elements within elements"] = () => Text("<BEE_ELEVES><ELEVE>" + string.Concat(Enumerable.Repeat("<a>", 2_000_000))),
        ["SIECLE, elements within elements, packed"] = () =>
            Packed.Zip([
                (
                    "ElevesSansAdresses.xml",
                    to =>
                    {
                        to.Write("<BEE_ELEVES><ELEVE>");
                        to.Repeat(10_000_000, _ => "<a>");
                    }
                ),
            ]),
        ["SIECLE, a pupil without an end"] = () =>
            Text("<BEE_ELEVES><ELEVE><PRENOM>" + string.Concat(Enumerable.Repeat("<b>xxxxx</b>", 600_000))),
        ["SIECLE in an encoding that hides its tags"] = () => Encoding.Unicode.GetBytes("<BEE_ELEVES>"),
        ["SIECLE of pupils without end"] = () =>
            Text("<BEE_ELEVES>" + string.Concat(Enumerable.Repeat("<ELEVE><PRENOM>A</PRENOM></ELEVE>", 200_000)) + "</BEE_ELEVES>"),
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void it_is_refused_in_words_with_little_memory_and_soon(string file)
    {
        var bytes = Files[file]();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Should.Throw<UnreadableFile>(() => Table.Read(bytes, late.Token));
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{file}: {bytes.Length / 1024} KB, {taken / 1024} KB taken: {refused.Message}");
        taken.ShouldBeLessThan(MostTaken);
        refused.Message.ShouldNotBeEmpty();
    }

    private static byte[] Filled(int megabytes, string sign) => Text(string.Concat(Enumerable.Repeat(sign, megabytes * 1024 * 1024)));

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
