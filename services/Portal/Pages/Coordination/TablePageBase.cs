using Microsoft.AspNetCore.Components;

namespace Stages.Portal.Pages.Coordination;

/// <summary>
/// A page with a table that people sort and leaf through. What is shown stands in the address, so that it can be bookmarked, sent to a
/// colleague and gone back to, and works without a script; the services sort and cut, the page shows.
/// </summary>
public abstract class TablePageBase : CampaignPageBase
{
    protected const int PageSize = 50;

    [SupplyParameterFromQuery(Name = SortHead.SortName)]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = SortHead.OrderName)]
    public string? Order { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? At { get; set; }

    protected int PageNumber => Math.Max(1, At ?? 1);

    /// <summary>The question to a service: the filters that are set, the order, and one page.</summary>
    protected string Asked(params ReadOnlySpan<(string Name, string? Value)> filters)
    {
        var query = $"?limit={PageSize}&page={PageNumber}";
        foreach (var (name, value) in filters)
            if (!string.IsNullOrWhiteSpace(value))
                query += $"&{name}={Uri.EscapeDataString(value.Trim())}";
        if (Sort is { Length: > 0 })
            query += $"&sort={Uri.EscapeDataString(Sort)}";
        return Order == "desc" ? query + "&order=desc" : query;
    }
}
