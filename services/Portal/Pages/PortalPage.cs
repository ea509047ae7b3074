using Microsoft.AspNetCore.Components;

namespace Stages.Portal.Pages;

/// <summary>What every page has at hand: the request, who is signed in, the two languages, the form that was posted.</summary>
public abstract class PortalPage : ComponentBase
{
    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    [Inject]
    public NavigationManager Navigation { get; set; } = null!;

    [Inject]
    public TimeProvider Clock { get; set; } = null!;

    protected Caller Caller => Caller.From(Http.User);

    protected CancellationToken Cancel => Http.RequestAborted;

    protected bool IsPost => HttpMethods.IsPost(Http.Request.Method);

    protected static string T(string fr, string en) => Say.In(fr, en);

    /// <summary>Nobody is named where a teacher left, or was erased at their own request.</summary>
    protected static string Teacher(string? firstName) => firstName is { Length: > 0 } name ? name : T("un enseignant", "a teacher");

    /// <summary>A field of the posted form, trimmed; empty when absent.</summary>
    protected string Field(string name) => IsPost && Http.Request.HasFormContentType ? Http.Request.Form[name].ToString().Trim() : "";

    /// <summary>Begins the name under which a form says that its address stands as it was meant.</summary>
    public const string Told = "told.";

    /// <summary>
    /// Whether an address was perhaps meant to be another, and nobody has asked yet: its field asks, and what is sent again is taken.
    /// </summary>
    protected bool AsksAbout(params ReadOnlySpan<string> addresses)
    {
        foreach (var name in addresses)
            if (EmailSlip.Meant(Field(name)) is not null && Field(Told + name) != Field(name))
                return true;
        return false;
    }

    /// <summary>All values of a field that stands several times in the form, such as the ticked slots.</summary>
    protected IReadOnlyList<string> Fields(string name) =>
        IsPost && Http.Request.HasFormContentType
            ? [.. Http.Request.Form[name].Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v!)]
            : [];

    /// <summary>Redirect after post, with a word about what was done, shown once on the next page.</summary>
    protected void Leave(string address, string? done = null)
    {
        if (done is not null)
            Flash.Set(Http, done);
        Navigation.NavigateTo(Paths.Escaped(address));
    }

    protected void Missing() => Http.Response.StatusCode = 404;
}
