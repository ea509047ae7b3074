using System.Text;
using System.Xml;

namespace Stages.Portal.Imports;

/// <summary>
/// XML that somebody brought, read forward. Nothing in it decides how much memory it takes: no document type, few levels, few names,
/// no tag or text without an end.
/// </summary>
public sealed class BoundedXml : IDisposable
{
    private const int MostLevels = 32;

    /// <summary>Kinds of elements and attributes; a spreadsheet has some dozens.</summary>
    private const int MostNames = 1000;

    /// <summary>From the beginning of a tag to that of the next, in bytes.</summary>
    private const int LongestPiece = 64 * 1024;

    private readonly CancellationToken cancel;

    public BoundedXml(Stream stream, CancellationToken cancel)
    {
        this.cancel = cancel;
        Node = XmlReader.Create(
            new Pieces(stream),
            new XmlReaderSettings
            {
                CloseInput = true,
                DtdProcessing = DtdProcessing.Prohibit,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
                NameTable = new FewNames(),
                XmlResolver = null,
            }
        );
    }

    /// <summary>Where we are; moved by <see cref="Next"/> alone.</summary>
    public XmlReader Node { get; }

    public int Line => (Node as IXmlLineInfo)?.LineNumber ?? 0;

    public bool Next()
    {
        cancel.ThrowIfCancellationRequested();
        if (!Node.Read())
            return false;
        return Node.Depth <= MostLevels ? true : throw new InvalidDataException("Nested too deeply.");
    }

    /// <summary>At the beginning of an element of this name.</summary>
    public bool At(string name) => Node.NodeType == XmlNodeType.Element && Node.LocalName == name;

    /// <summary>Moves through what stands in the element we are at, and no further than its end.</summary>
    public IEnumerable<XmlReader> Within()
    {
        if (Node.IsEmptyElement)
            yield break;
        var level = Node.Depth;
        while (Next() && Node.Depth > level)
            yield return Node;
    }

    /// <summary>All that is written in the element we are at.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var node in Within())
        {
            if (node.NodeType is not (XmlNodeType.Text or XmlNodeType.SignificantWhitespace))
                continue;
            text.Append(node.Value);
            if (text.Length > Table.LongestCell)
                throw Table.LongCell();
        }
        return text.ToString();
    }

    public void Dispose() => Node.Dispose();

    /// <summary>What the reader keeps of every name as long as it lives.</summary>
    private sealed class FewNames : NameTable
    {
        private int count;

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

        public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

        private string Counted(string name) => ++count <= MostNames ? name : throw new InvalidDataException("Too many names.");
    }

    /// <summary>
    /// Looks at the bytes before the reader does, which takes a tag whole, however long. In the encodings that these files have, a tag
    /// begins with one byte; one that has zeros between (UTF-16) is none of them, nor has either kind of file sections of plain text
    /// (<c>CDATA</c>), in which no sign is a tag.
    /// </summary>
    private sealed class Pieces(Stream inner) : Stream
    {
        private int since;
        private byte last;
        private byte before;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            foreach (var b in buffer[..read])
            {
                since = b == '<' ? 0 : since + 1;
                if (b == 0 || since > LongestPiece || (b == '[' && last == '!' && before == '<'))
                    throw new InvalidDataException("Not as spreadsheets and SIECLE write.");
                (before, last) = (last, b);
            }
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
