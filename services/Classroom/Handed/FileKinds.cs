using System.Text;
using Stages.Classrooms.Pictures;

namespace Stages.Classrooms.Handed;

public sealed record FileNotOfAKind()
    : Refusal(
        RefusalKind.Rule,
        "file-kind",
        "Ce fichier n’est ni un PDF, ni une image PNG ou JPEG, ni un texte (ODT, DOCX, TXT).",
        "This file is neither a PDF, nor a PNG or JPEG picture, nor a text (ODT, DOCX, TXT)."
    );

public sealed record FileIsActive()
    : Refusal(
        RefusalKind.Rule,
        "file-active",
        "Ce fichier contient un programme (macros, actions, fichiers joints) : il ne passe pas.",
        "There is a program in this file (macros, actions, attached files): it does not pass."
    );

public sealed record FileIsLocked()
    : Refusal(RefusalKind.Rule, "file-locked", "Ce fichier est protégé par un mot de passe.", "This file is protected by a password.");

/// <summary>What may be handed from one to another in class: its type and the ending of its name, both by what its bytes say.</summary>
public sealed record FileKind(string Type, string Ending)
{
    public static readonly FileKind Pdf = new("application/pdf", ".pdf"),
        Png = new("image/png", ".png"),
        Jpeg = new("image/jpeg", ".jpg"),
        Docx = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        Odt = new("application/vnd.oasis.opendocument.text", ".odt"),
        Text = new("text/plain; charset=utf-8", ".txt");
}

/// <param name="Kind">Null when it is refused.</param>
public sealed record Looked(FileKind? Kind, Refusal? Refusal)
{
    public static implicit operator Looked(FileKind kind) => new(kind, null);

    public static implicit operator Looked(Refusal refusal) => new(null, refusal);
}

/// <summary>
/// Looks into a file before anybody else opens it. What a file is called, and what a browser says of it, plays no part. It is no search for
/// viruses (<see cref="VirusScanner"/>): kinds that can carry programs are taken without them, and nothing is ever shown within a page of
/// ours.
/// </summary>
public static class FileKinds
{
    /// <summary>In bytes.</summary>
    public const int Largest = 10 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Looked Look(byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes;
        if (start.StartsWith("PK\u0003\u0004"u8))
            return ZippedTexts.Look(bytes);
        // The end of an archive behind something else: two files in one.
        if (start.LastIndexOf("PK\u0005\u0006"u8) >= 0)
            return new FileNotOfAKind();
        if (start.StartsWith("%PDF-"u8))
            return Pdfs.Look(bytes);
        if (Picture.Anew(start) is { } picture)
            return picture.Type switch
            {
                "image/png" => FileKind.Png,
                "image/jpeg" => FileKind.Jpeg,
                _ => new FileNotOfAKind(),
            };
        return IsText(start) ? FileKind.Text : new FileNotOfAKind();
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = Strict.GetString(bytes);
            return text.AsSpan().Trim().Length > 0 && !text.Any(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n' or '\f'));
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
