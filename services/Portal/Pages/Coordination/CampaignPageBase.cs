using Microsoft.AspNetCore.Components;

namespace Stages.Portal.Pages.Coordination;

/// <summary>A page of one campaign; shows nothing but the reason when the campaign cannot be read.</summary>
public abstract class CampaignPageBase : PortalPage
{
    [Parameter]
    public Guid CampaignId { get; set; }

    [Inject]
    public SchedulingClient Scheduling { get; set; } = null!;

    protected CampaignView? Campaign { get; private set; }

    protected Problem? Problem { get; set; }

    protected string Base => $"/coordination/{CampaignId}";

    protected override async Task OnInitializedAsync()
    {
        var answer = await Scheduling.Campaign(CampaignId, Cancel);
        (Campaign, Problem) = (answer.Value, answer.Problem);
        if (Campaign is null)
        {
            if (Problem?.Status == 404)
                Missing();
            return;
        }
        await Load();
    }

    protected virtual Task Load() => Task.CompletedTask;

    /// <summary>
    /// A pupil of a mixed group, or of a list: whose name did not come is of a territory that is not the reader's, or could not be asked.
    /// </summary>
    protected string NameOf(IReadOnlyDictionary<Guid, PupilName> names, Guid pupil) =>
        names.TryGetValue(pupil, out var n) ? $"{n.FirstName} {n.LastName}"
        : Caller.Territory is null ? T("un élève", "a pupil")
        : T("un élève d’un autre département", "a pupil of another département");

    protected string SubjectName(string code) => Campaign?.Subject(code)?.Title ?? code;

    protected static string StatusText(string status) =>
        status switch
        {
            "draft" => T("À valider", "To approve"),
            "approved" => T("Validé", "Approved"),
            "published" => T("Publié", "Published"),
            "rejected" => T("Rejeté", "Rejected"),
            "cancelled" => T("Annulé", "Cancelled"),
            "replaced" => T("Remplacé", "Replaced"),
            _ => status,
        };

    protected static string StatusKind(string status) =>
        status switch
        {
            "approved" => "main",
            "published" => "good",
            "rejected" or "cancelled" => "bad",
            _ => "warn",
        };
}
