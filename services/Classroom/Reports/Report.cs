namespace Stages.Classrooms.Reports;

// Somebody says that something was not right in a class. That it was said is an event and names nobody; the words, and whose they are,
// lie in a document beside it, which can be erased. The person who is reported never reads any of it.

/// <param name="ByRole"><c>pupil</c> (or their family) or <c>teacher</c>.</param>
public sealed record PersonReported(Guid ReportId, Guid ModuleId, Guid StageId, Guid CampaignId, string ByRole, DateTimeOffset At);

public sealed record SafetyReport(Guid Id, Guid ModuleId, Guid StageId, Guid CampaignId, string ByRole, DateTimeOffset At)
{
    public static SafetyReport Create(PersonReported e) => new(e.ReportId, e.ModuleId, e.StageId, e.CampaignId, e.ByRole, e.At);
}

/// <param name="By">The account: for the count of a day, and for the person's own export.</param>
/// <param name="ByEnrolment">The pupil for whom it is said; null when a teacher says it.</param>
/// <param name="About"><c>teacher</c>, <c>pupil</c> or <c>other</c>.</param>
/// <param name="AboutEnrolment">Which pupil, when that is known.</param>
public sealed record ReportWords(
    Guid Id,
    Guid CampaignId,
    Guid By,
    Guid? ByEnrolment,
    string About,
    Guid? AboutEnrolment,
    string Text,
    DateTimeOffset At
)
{
    public static readonly RetentionRule Rule = RetentionRule.Of<ReportWords>(
        "reports",
        365,
        new LocalText(
            "Signalements faits depuis une classe ou son suivi : depuis le signalement",
            "What was reported from a class or from its page: since it was reported"
        ),
        w => w.At,
        before => w => w.At < before
    );
}
