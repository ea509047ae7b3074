using System.Runtime.CompilerServices;

namespace Stages.Pairing.Search;

/// <summary>Several unordered lists over small numbers, with adding, removing and random picking in constant time.</summary>
/// <remarks>A number is in at most one of the lists.</remarks>
internal sealed class MemberLists
{
    private readonly int[] start,
        count,
        items,
        position;

    public MemberLists(int[] room, int numbers)
    {
        start = new int[room.Length + 1];
        for (var i = 0; i < room.Length; i++)
            start[i + 1] = start[i] + room[i];
        count = new int[room.Length];
        items = new int[start[^1]];
        position = new int[numbers];
        Array.Fill(position, -1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count(int list) => count[list];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Items(int list) => items.AsSpan(start[list], count[list]);

    public void Add(int list, int number)
    {
        position[number] = count[list];
        items[start[list] + count[list]++] = number;
    }

    /// <summary>Removes the number if it is there.</summary>
    public void Remove(int list, int number)
    {
        var at = position[number];
        if (at < 0)
            return;
        var last = items[start[list] + --count[list]];
        items[start[list] + at] = last;
        position[last] = at;
        position[number] = -1;
    }
}
