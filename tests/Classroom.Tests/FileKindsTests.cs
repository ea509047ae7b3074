using System.Text;
using Shouldly;
using Stages.Classrooms.Handed;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>What may be handed out and in, by its bytes; and under which name.</summary>
public sealed class FileKindsTests
{
    public static TheoryData<byte[], string> Taken =>
        new()
        {
            { SampleFiles.Pdf(), ".pdf" },
            { SampleFiles.PackedPdf("1 0 << /Type /Catalog >>"), ".pdf" },
            { SampleFiles.Png, ".png" },
            { SampleFiles.Jpeg, ".jpg" },
            { SampleFiles.Docx, ".docx" },
            { SampleFiles.Odt, ".odt" },
            { "Ma rédaction\r\n\tun été 🌻"u8.ToArray(), ".txt" },
            // A page of the web as what it is to who opens it: a text.
            { "<script>alert(1)</script>"u8.ToArray(), ".txt" },
        };

    [Theory]
    [MemberData(nameof(Taken))]
    public void a_file_is_known_by_its_bytes(byte[] bytes, string ending)
    {
        var looked = FileKinds.Look(bytes);
        (looked.Kind?.Ending, looked.Refusal).ShouldBe((ending, null));
    }

    public static TheoryData<string, byte[]> Nothing =>
        new()
        {
            { "empty", [] },
            { "blank", "  \n"u8.ToArray() },
            { "a program", [.. "MZ"u8, 0x90, 0, 3, 0] },
            { "another program", [0x7F, .. "ELF"u8, 2, 1, 1, 0] },
            { "a picture of another kind", [.. "GIF89a"u8, 1, 0, 1, 0] },
            { "text in another alphabet’s bytes", [0x63, 0xE9, 0x20, 0x65] },
            { "signs that a terminal obeys", "a\u001b[2Jb"u8.ToArray() },
            { "an archive", SampleFiles.Zip(("a.txt", "a")) },
            { "half an archive", SampleFiles.Docx[..60] },
            { "a sheet that calls itself ODT", SampleFiles.Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet")) },
            { "a path in an archive", SampleFiles.Word(("../../x", "")) },
            { "one name twice", SampleFiles.Word(("WORD/document.xml", "")) },
            { "a picture with an archive behind it", [.. SampleFiles.Png, .. SampleFiles.Docx] },
            { "a picture with a page behind it", [.. SampleFiles.Png, .. "<script>"u8] },
            { "a photograph with an archive behind it", [.. SampleFiles.Jpeg, .. SampleFiles.Zip(("a.class", "x"))] },
            { "a PDF with an archive behind it", [.. SampleFiles.Pdf(), .. SampleFiles.Docx] },
            { "a PDF behind something else", [0, .. SampleFiles.Pdf()] },
            { "a PDF without an end", "%PDF-1.7\n1 0 obj"u8.ToArray() },
        };

    [Theory]
    [MemberData(nameof(Nothing))]
    public void what_is_no_file_of_these_kinds_is_refused(string what, byte[] bytes) =>
        FileKinds.Look(bytes).Refusal.ShouldBe(new FileNotOfAKind(), what);

    public static TheoryData<string, byte[]> Active =>
        new()
        {
            { "script", SampleFiles.Pdf("3 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj\n") },
            { "script, spelt otherwise", SampleFiles.Pdf("3 0 obj << /S /J#61v#61Script /J#53 (app.alert(1)) >> endobj\n") },
            { "script, packed", SampleFiles.PackedPdf("1 0 << /S /JavaScript /JS (x) >>") },
            {
                "script, packed, without its type",
                SampleFiles.PackedPdf("1 0 << /S /JavaScript >>", "/N 1 /First 4 /Filter [ /FlateDecode ]")
            },
            {
                "packed in a way that is not read",
                SampleFiles.PackedPdf("", "/Type /ObjStm /First 4 /Filter [/FlateDecode /ASCII85Decode]")
            },
            { "packed by somewhere else’s word", SampleFiles.PackedPdf("1 0 <<>>", "/Type /ObjStm /First 4 /Filter 7 0 R") },
            { "program", SampleFiles.Pdf("3 0 obj << /S /Launch /F (cmd.exe) >> endobj\n") },
            { "file in a file", SampleFiles.Pdf("3 0 obj << /Type /EmbeddedFile >> endobj\n") },
            { "form that is sent", SampleFiles.Pdf("3 0 obj << /S /SubmitForm >> endobj\n") },
            { "Word’s macros", SampleFiles.Word(("word/vbaProject.bin", "x")) },
            { "macros by their type", SampleFiles.Word(("word/a.rels", "<Relationship Type=\"x/vbaProject\"/>")) },
            { "a template from elsewhere", SampleFiles.Word(("word/_rels/settings.xml.rels", "x/attachedTemplate")) },
            { "another program’s object", SampleFiles.Word(("word/embeddings/a.xlsx", "x")) },
            { "Writer’s macros", SampleFiles.Writer(("Basic/Standard/Module1.xml", "x")) },
            { "Writer’s scripts", SampleFiles.Writer(("Scripts/python/a.py", "x")) },
            { "an event that runs one", SampleFiles.Writer(("content.xml", "<script:event-listener/>")) },
            { "a link that runs one", SampleFiles.Writer(("content.xml", "xlink:href=\"vnd.sun.star.script:a\"")) },
        };

    [Theory]
    [MemberData(nameof(Active))]
    public void what_could_act_when_it_is_opened_is_refused(string what, byte[] bytes) =>
        FileKinds.Look(bytes).Refusal.ShouldBe(new FileIsActive(), what);

    [Fact]
    public void what_cannot_be_looked_into_is_refused()
    {
        FileKinds.Look(SampleFiles.Pdf("9 0 obj << /Encrypt 8 0 R >> endobj\n")).Refusal.ShouldBe(new FileIsLocked());
        FileKinds
            .Look(
                SampleFiles.Zip(
                    ("mimetype", "application/vnd.oasis.opendocument.text"),
                    ("META-INF/manifest.xml", "<m:encryption-data/>"),
                    ("content.xml", "")
                )
            )
            .Refusal.ShouldBe(new FileIsLocked());
    }

    /// <summary>A small file that would fill the memory is looked at no further.</summary>
    [Fact]
    public void what_grows_without_end_is_refused()
    {
        var bomb = new string('a', 40 * 1024 * 1024);
        FileKinds.Look(SampleFiles.PackedPdf(bomb)).Refusal.ShouldBe(new FileIsActive());
        FileKinds.Look(SampleFiles.Word(("word/_rels/a.rels", bomb))).Refusal.ShouldBe(new FileIsActive());
    }

    /// <summary>Whatever comes, it is answered by a kind or a refusal.</summary>
    [Fact]
    public void broken_files_break_nothing()
    {
        var random = new Random(12);
        byte[][] whole =
        [
            SampleFiles.Pdf(),
            SampleFiles.PackedPdf("1 0 <<>>"),
            SampleFiles.Png,
            SampleFiles.Jpeg,
            SampleFiles.Docx,
            SampleFiles.Odt,
        ];
        foreach (var sample in whole)
            for (var i = 0; i < 300; i++)
            {
                byte[] broken = [.. sample[..random.Next(sample.Length + 1)]];
                for (var change = 0; change < random.Next(6) && broken.Length > 0; change++)
                    broken[random.Next(broken.Length)] = (byte)random.Next(256);
                var looked = FileKinds.Look(broken);
                (looked.Kind is null).ShouldBe(looked.Refusal is not null);
            }
    }

    [Theory]
    [InlineData("exposé.pdf", "exposé.pdf")]
    [InlineData("C:\\Users\\lina\\Bureau\\dessin.PDF", "dessin.pdf")]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData("photo.jpg.exe", "photo.jpg.exe.pdf")]
    [InlineData("devoir\u202Efdp.exe", "devoirfdp.exe.pdf")]
    [InlineData("a\r\nSet-Cookie: x=1\0.pdf", "aSet-Cookie_ x=1.pdf")]
    [InlineData("<img src=x>?.png", "_img src=x__.pdf")]
    [InlineData("  ...pdf", "fichier.pdf")]
    [InlineData("", "fichier.pdf")]
    [InlineData("CON.pdf", "_CON.pdf")]
    [InlineData("دفتر.pdf", "دفتر.pdf")]
    [InlineData("👩‍🏫 leçon.pdf", "👩‍🏫 leçon.pdf")]
    public void a_name_is_one_that_can_be_kept(string said, string name) => FileNames.Clean(said, FileKind.Pdf).ShouldBe(name);

    [Fact]
    public void a_long_name_is_cut_between_its_signs()
    {
        foreach (var sign in (string[])["é", "👩‍🏫", "ق"])
        {
            var name = FileNames.Clean(string.Concat(Enumerable.Repeat(sign, 300)), FileKind.Text);
            name.Length.ShouldBeLessThanOrEqualTo(104);
            name.Replace(sign, "", StringComparison.Ordinal).ShouldBe(".txt");
        }
        FileNames.Clean("a\ud83d", FileKind.Text).ShouldBe("a.txt");
        Encoding.UTF8.GetByteCount(FileNames.Clean(new string('é', 300), FileKind.Text)).ShouldBeLessThan(255);
    }
}
