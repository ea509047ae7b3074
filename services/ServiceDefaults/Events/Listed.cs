using System.Collections;

namespace Stages.ServiceDefaults;

/// <summary>A list that is equal to another one with the same things in it, so that a decision can be compared as a value.</summary>
internal sealed class Listed<T>(IEnumerable<T> items) : IReadOnlyList<T>, IEquatable<Listed<T>>
{
    private readonly T[] items = [.. items];

    public static Listed<T> None { get; } = new([]);

    public int Count => items.Length;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    public bool Equals(Listed<T>? other) => other is not null && items.SequenceEqual(other.items);

    public override bool Equals(object? obj) => Equals(obj as Listed<T>);

    public override int GetHashCode() => items.Aggregate(items.Length, (hash, item) => HashCode.Combine(hash, item));
}
