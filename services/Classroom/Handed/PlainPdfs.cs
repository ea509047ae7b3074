namespace Stages.Classrooms.Handed;

/// <summary>
/// A PDF in which author, program and description are spaces: as long as before, since its table says where each object begins. What
/// stands in packed objects is left.
/// </summary>
public static class PlainPdfs
{
    private static readonly byte[][] Names = [.. new[] { "/Author", "/Creator", "/Producer", "/Company", "/Manager" }.Select(Bytes)];

    private static readonly byte[] Begin = Bytes("<x:xmpmeta"),
        End = Bytes("</x:xmpmeta>");

    public static byte[] Of(byte[] sent)
    {
        var bytes = sent.ToArray();
        foreach (var name in Names)
            for (var at = 0; bytes.AsSpan(at).IndexOf(name) is var found and >= 0; )
            {
                at += found + name.Length;
                Blank(bytes, at);
            }
        for (var at = 0; bytes.AsSpan(at).IndexOf(Begin) is var found and >= 0; )
        {
            at += found;
            var length = bytes.AsSpan(at).IndexOf(End);
            if (length < 0)
                break;
            bytes.AsSpan(at, length + End.Length).Fill((byte)' ');
            at += length + End.Length;
        }
        return bytes;
    }

    /// <summary>The text behind a name, in brackets, with others within, or in hexadecimal digits. Anything else is left.</summary>
    private static void Blank(Span<byte> bytes, int at)
    {
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t')
            at++;
        if (at + 1 >= bytes.Length)
            return;
        if (bytes[at] == '<' && bytes[at + 1] != '<')
        {
            var end = bytes[at..].IndexOf((byte)'>');
            if (end > 0 && bytes[(at + 1)..(at + end)].IndexOfAnyExcept("0123456789abcdefABCDEF \r\n\t"u8) < 0)
                bytes[(at + 1)..(at + end)].Fill((byte)' ');
            return;
        }
        if (bytes[at] != '(' || EndOfText(bytes, at) is not { } last)
            return;
        bytes[(at + 1)..last].Fill((byte)' ');
    }

    private static int? EndOfText(ReadOnlySpan<byte> bytes, int at)
    {
        for (var depth = 0; at < bytes.Length; at++)
            if (bytes[at] == '\\')
                at++;
            else if (bytes[at] == '(')
                depth++;
            else if (bytes[at] == ')' && --depth == 0)
                return at;
        return null;
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
