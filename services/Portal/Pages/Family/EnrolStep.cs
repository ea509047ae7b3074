using Microsoft.AspNetCore.Components;

namespace Stages.Portal.Pages.Family;

/// <summary>One of the five steps of an enrolment: its questions, filled in as far as they are, with what is wrong beside each.</summary>
public abstract class EnrolStep : ComponentBase
{
    [Parameter, EditorRequired]
    public EnrolmentForm Form { get; set; } = null!;

    [Parameter, EditorRequired]
    public CampaignView Campaign { get; set; } = null!;

    /// <summary>The sentence beside a field, or null.</summary>
    [Parameter, EditorRequired]
    public Func<string, string?> At { get; set; } = null!;

    protected static string T(string fr, string en) => Say.In(fr, en);

    protected string? Refused(string field) => At(field) is null ? null : "refused";
}
