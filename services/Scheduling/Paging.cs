using Microsoft.AspNetCore.Mvc;

namespace Stages.Scheduling;

/// <summary>
/// Which part of a list is asked for: the lines behind one (<c>after</c>), or a numbered page of it sorted by a column.
/// </summary>
public sealed record Leaf(
    [FromQuery(Name = "after")] Guid? After,
    [FromQuery(Name = "limit")] int? Limit,
    [FromQuery(Name = "sort")] string? Sort,
    [FromQuery(Name = "order")] string? Order,
    [FromQuery(Name = "page")] int? Page
)
{
    /// <summary>A table that people leaf through: sorted, numbered pages, and how many lines there are.</summary>
    public bool IsOfTable => Page is not null || Sort is not null;
}

/// <summary>Pages by id: ids are version 7, so that their order is the order of creation.</summary>
public static class Paging
{
    public const int Largest = 1000;

    private const int Usual = 50;

    /// <summary>Larger than any id, for a list that begins with the newest.</summary>
    public static readonly Guid Beyond = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public static int Size(int? limit) => Math.Clamp(limit ?? Usual, 1, Largest);

    /// <param name="found">One more than the page holds, when there are more.</param>
    public static Page<TView> Of<TRow, TView>(IReadOnlyList<TRow> found, int size, Func<TRow, Guid> id, Func<TRow, TView> view) =>
        new([.. found.Take(size).Select(view)], found.Count > size ? id(found[size - 1]).ToString() : null);

    /// <summary>A numbered page of a table.</summary>
    public static async Task<Sheet<TView>> Sheet<TRow, TView>(
        IQueryable<TRow> found,
        Func<IQueryable<TRow>, IQueryable<TRow>> sorted,
        Leaf leaf,
        Func<IReadOnlyList<TRow>, Task<IReadOnlyList<TView>>> view,
        CancellationToken cancel
    )
        where TRow : notnull
    {
        var size = Size(leaf.Limit);
        var total = await found.CountAsync(cancel);
        var lines = await sorted(found).Skip(Before(leaf.Page ?? 1, size)).Take(size).ToListAsync(cancel);
        return new Sheet<TView>(await view(lines), null, total);
    }

    /// <summary>How many lines stand before the page, counted from one.</summary>
    public static int Before(int page, int size) => (Math.Clamp(page, 1, 100_000) - 1) * size;

    public static string Direction(string? order) => order == "desc" ? "desc" : "asc";

    /// <summary>Levels in the order of school, for an <c>order by</c>.</summary>
    public static string LevelOrder(string level) => $"array_position(array['{string.Join("','", Level.Codes)}'], {level})";
}
