using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Stages.Classrooms.Handed;
using Stages.Classrooms.Pictures;
using Stages.Classrooms.Recordings;
using Stages.Testing;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>Pictures and texts as they are kept: what is shown, and nothing of who made it, where and with what.</summary>
public sealed partial class PictureTests
{
    private const string Secret = "43.6108N 3.8767E Lina's telephone";

    private static byte[] Said => Encoding.ASCII.GetBytes(Secret);

    public static TheoryData<string, byte[], byte[]> Told =>
        new()
        {
            { "PNG, Exif", SamplePictures.Png(("eXIf", Said)), SamplePictures.Png() },
            { "PNG, text", SamplePictures.Png(("tEXt", Said), ("iTXt", Said), ("zTXt", Said)), SamplePictures.Png() },
            { "PNG, time and what nobody knows", SamplePictures.Png(("tIME", Said), ("abCd", Said)), SamplePictures.Png() },
            { "JPEG, remark", SamplePictures.Jpeg((0xFE, Said)), SamplePictures.Jpeg() },
            { "JPEG, Exif", SamplePictures.Jpeg((0xE1, SamplePictures.Exif(9, Secret))), SamplePictures.Jpeg() },
            { "JPEG, XMP, profile, maker", SamplePictures.Jpeg((0xE1, Said), (0xE2, Said), (0xED, Said)), SamplePictures.Jpeg() },
            { "JPEG, a film behind it", [.. SamplePictures.Jpeg(), .. Said], SamplePictures.Jpeg() },
            { "WebP, Exif and XMP", SamplePictures.WebP(0, ("EXIF", Said), ("XMP ", Said), ("ICCP", Said)), SamplePictures.WebP() },
            { "WebP, something behind it", [.. SamplePictures.WebP(), .. Said], SamplePictures.WebP() },
        };

    [Theory]
    [MemberData(nameof(Told))]
    public void nothing_but_the_picture_is_kept(string what, byte[] sent, byte[] kept) =>
        Picture.Anew(sent).ShouldNotBeNull(what).Bytes.ShouldBe(kept, what);

    /// <summary>Or a photograph of one's exercise book would lie on its side.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(6, true)]
    [InlineData(8, false)]
    public void how_a_telephone_was_held_is_kept(byte turn, bool little)
    {
        var kept = Picture.Anew(SamplePictures.Jpeg((0xE1, SamplePictures.Exif(turn, Secret, little))))!.Bytes;
        Encoding.Latin1.GetString(kept).ShouldNotContain("telephone");
        var exif = kept.AsSpan(kept.AsSpan().IndexOf("Exif"u8));
        Turn.Of(exif).ShouldBe(turn);
        Picture.Anew(kept)!.Bytes.ShouldBe(kept);
    }

    public static TheoryData<string, byte[]> None =>
        new()
        {
            { "nothing", [] },
            { "a page", "<svg onload='alert(1)'></svg>"u8.ToArray() },
            { "a PDF", "%PDF-1.7 and so on and so on"u8.ToArray() },
            { "a beginning of a WebP", [.. "RIFF"u8, 8, 0, 0, 0, .. "WEBPVP8 "u8, 0, 0, 0, 0] },
            { "a beginning of a PNG", SamplePictures.Png()[..40] },
            { "a beginning of a JPEG", SamplePictures.Jpeg()[..^2] },
            { "a JPEG without a picture", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xD9] },
            { "a PNG with a part that must be known", SamplePictures.Png(("ABCD", Said)) },
            { "a PNG with a page behind it", [.. SamplePictures.Png(), .. "<script>"u8] },
            { "a moving WebP", SamplePictures.WebP(0, ("ANIM", Said)) },
            { "a WebP of two pictures", SamplePictures.WebP(0, ("VP8L", [0x2F, .. Said])) },
        };

    [Theory]
    [MemberData(nameof(None))]
    public void what_is_no_whole_picture_is_refused(string what, byte[] sent) => Picture.Anew(sent).ShouldBeNull(what);

    [Fact]
    public void a_picture_that_fills_the_memory_of_who_opens_it_is_refused()
    {
        var png = SamplePictures.Png();
        byte[] wide = [.. png[..16], 0, 1, 0, 0, .. png[20..]];
        Picture.Anew(wide).ShouldBeNull();
        var jpeg = SamplePictures.Jpeg();
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        Picture.Anew([.. jpeg[..(frame + 5)], 0xFF, 0xFF, .. jpeg[(frame + 7)..]]).ShouldBeNull();
    }

    /// <summary>Whatever comes, it is written anew or refused; and what was written anew stays as it is.</summary>
    [Fact]
    public void broken_pictures_break_nothing()
    {
        var random = new Random();
        byte[][] whole =
        [
            SamplePictures.Png(("tEXt", Said)),
            SamplePictures.Jpeg((0xE1, SamplePictures.Exif(6, Secret))),
            SamplePictures.WebP(30, ("EXIF", Said)),
        ];
        foreach (var sample in whole)
            for (var i = 0; i < 3000; i++)
            {
                byte[] broken = [.. sample[..random.Next(sample.Length / 2, sample.Length + 1)]];
                for (var change = 0; change < random.Next(6); change++)
                    broken[random.Next(broken.Length)] = (byte)random.Next(256);
                if (Picture.Anew(broken) is { } picture)
                    Picture.Anew(picture.Bytes)!.Bytes.ShouldBe(picture.Bytes);
            }
    }

    [Fact]
    public void a_text_says_nothing_of_its_maker()
    {
        var photograph = SamplePictures.Jpeg((0xFE, Said));
        foreach (
            var (kind, bytes, properties) in new[]
            {
                (FileKind.Docx, SampleFiles.Word(("docProps/core.xml", Secret), ("docProps/app.xml", Secret)), "docProps/core.xml"),
                (FileKind.Odt, SampleFiles.Writer(("meta.xml", Secret)), "meta.xml"),
            }
        )
        {
            var sent = With(bytes, "word/media/photo.jpg", photograph);
            FileKinds.Look(sent).Kind.ShouldBe(kind);
            var kept = PlainFiles.Of(kind, sent)!;
            FileKinds.Look(kept).Kind.ShouldBe(kind);
            using var archive = new ZipArchive(new MemoryStream(kept));
            archive.Entries[0].FullName.ShouldBe(new ZipArchive(new MemoryStream(sent)).Entries[0].FullName);
            foreach (var entry in archive.Entries)
                Encoding.Latin1.GetString(Content(entry)).ShouldNotContain(Secret, customMessage: entry.FullName);
            System.Xml.Linq.XDocument.Parse(Encoding.UTF8.GetString(Content(archive.GetEntry(properties)!))).Root.ShouldNotBeNull();
            Content(archive.GetEntry("word/media/photo.jpg")!).ShouldBe(SamplePictures.Jpeg());
        }
    }

    [Theory]
    [InlineData("/Author (Lina \\) (Martin)) /Title (Les verbes)", "/Author ( ) /Title (Les verbes)")]
    [InlineData("/Author<FEFF004C0069006E0061>/X 1", "/Author< >/X 1")]
    [InlineData("/Creator 7 0 R", "/Creator 7 0 R")]
    [InlineData("/Author (never ends", "/Author (never ends")]
    [InlineData("<x:xmpmeta>Lina</x:xmpmeta>end", " end")]
    public void a_pdf_says_less_of_its_maker_and_is_as_long_as_before(string said, string kept)
    {
        var sent = SampleFiles.Pdf(said + "\n");
        var plain = PlainFiles.Of(FileKind.Pdf, sent)!;
        plain.Length.ShouldBe(sent.Length);
        Encoding.Latin1.GetBytes(Spaces().Replace(Encoding.Latin1.GetString(plain), " ")).ShouldBe(SampleFiles.Pdf(kept + "\n"));
    }

    [Fact]
    public void a_film_begins_as_one()
    {
        WebM.Begins(Film()).ShouldBeTrue();
        WebM.Begins(Film("matroska")).ShouldBeFalse();
        WebM.Begins(Film()[..8]).ShouldBeFalse();
        WebM.Begins("<html>"u8).ShouldBeFalse();
        WebM.Begins([]).ShouldBeFalse();
    }

    /// <summary>The head that browsers write.</summary>
    internal static byte[] Film(string type = "webm") =>
        [
            .. (ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1, 0x42, 0xF7, 0x81, 1, 0x42, 0xF2, 0x81, 4],
            .. (ReadOnlySpan<byte>)[0x42, 0xF3, 0x81, 8, 0x42, 0x82, (byte)(0x80 | type.Length)],
            .. Encoding.ASCII.GetBytes(type),
            .. (ReadOnlySpan<byte>)[0x42, 0x87, 0x81, 4, 0x42, 0x85, 0x81, 2],
        ];

    private static byte[] With(byte[] archive, string name, byte[] content)
    {
        var made = new MemoryStream();
        made.Write(archive);
        using (var zip = new ZipArchive(made, ZipArchiveMode.Update, leaveOpen: true))
        using (var entry = zip.CreateEntry(name).Open())
            entry.Write(content);
        return made.ToArray();
    }

    [GeneratedRegex(" +", RegexOptions.None, 1000)]
    private static partial Regex Spaces();

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var from = entry.Open();
        using var all = new MemoryStream();
        from.CopyTo(all);
        return all.ToArray();
    }
}
