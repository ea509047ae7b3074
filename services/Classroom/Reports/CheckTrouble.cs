namespace Stages.Classrooms.Reports;

/// <summary>A check of sound and network found something broken, and who it is wants the coordinators to know.</summary>
/// <param name="Schools">As far as a stage says them.</param>
public sealed record CheckFailed(Guid CampaignId, string[] Schools, string ByRole, DateTimeOffset At);

/// <summary>
/// What somebody's self-check found broken, sent by a click of theirs: one for a pupil or teacher, the last one. It names no device. Not an
/// event: once the class works it is of no interest.
/// </summary>
/// <param name="Id">The pupil's enrolment, or the teacher's account.</param>
/// <param name="By">The account that sent it.</param>
/// <param name="Schools">Of the pupil, or of the teacher's pupils, as far as a stage says them: whose territory it is.</param>
public sealed record CheckTrouble(Guid Id, Guid[] Campaigns, Guid By, Guid? ByEnrolment, string ByRole, string[] Schools)
{
    public string[] Faults { get; init; } = [];

    public DateTimeOffset At { get; init; }

    /// <summary>When the coordinators last got a letter of it.</summary>
    public DateTimeOffset LetterAt { get; init; }

    public static readonly RetentionRule Rule = RetentionRule.Of<CheckTrouble>(
        "troubles",
        30,
        new LocalText(
            "Pannes signalées après une vérification du son : depuis l’envoi",
            "What was broken in a check of sound and microphone: since it was sent"
        ),
        t => t.At,
        before => t => t.At < before
    );

    /// <summary>Those with a school of the territory; of whom no stage is known yet, the whole académie reads.</summary>
    public bool IsSeenBy(Caller caller) => caller.IsCoordinator && (caller.Territory is null || Schools.Any(caller.Covers));
}
