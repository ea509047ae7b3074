namespace Stages.Classrooms.Recordings;

/// <summary>
/// Pieces one after the other, from any place on: a browser asks for the part that somebody wants to see. One piece is in memory at a
/// time, and never an hour of film.
/// </summary>
public sealed class Film(int[] lengths, Func<int, CancellationToken, Task<byte[]?>> read) : Stream
{
    private (int Number, byte[] Bytes)? held;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = lengths.Sum(l => (long)l);

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position < 0 || Position >= Length || buffer.IsEmpty)
            return 0;
        var (number, start) = PieceAt(Position);
        if (held?.Number != number)
            held = await read(number, cancellationToken) is { } bytes ? (number, bytes) : null;
        // Deleted while somebody watched.
        if (held is not { } piece)
            return 0;
        var part = piece.Bytes.AsMemory((int)(Position - start));
        part = part[..Math.Min(part.Length, buffer.Length)];
        part.CopyTo(buffer);
        Position += part.Length;
        return part.Length;
    }

    private (int Number, long Start) PieceAt(long position)
    {
        var (number, start) = (0, 0L);
        while (position >= start + lengths[number])
            start += lengths[number++];
        return (number, start);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Pieces are read as they come.");

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException("It is only read.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is only read.");
}
