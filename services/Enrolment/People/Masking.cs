namespace Stages.Enrolments.People;

/// <summary>What an erasure leaves of each event: that it was, when, and enough for the figures.</summary>
public static class Masking
{
    /// <summary>Words of the school and of teachers: they are the pupil's, and stay when only a guardian goes.</summary>
    public static readonly string[] OfThePupil = [nameof(SchoolNoteWritten), nameof(ReportWritten), nameof(PlaceOffered)];

    public static void AddTo(StoreOptions options)
    {
        Rule<EnrolmentSubmitted>(e => e with { Content = Enrolment.Erase(e.Content), By = e.By.Forgotten() });
        Rule<EnrolmentChanged>(e => e with { Content = Enrolment.Erase(e.Content), By = e.By.Forgotten() });
        Rule<GuardianForgotten>(e => e with { Content = Enrolment.Erase(e.Content), Submitter = null, Joined = null });
        Rule<EnrolmentsMerged>(e => e with { Content = Enrolment.Erase(e.Content), Objections = [], Joined = [] });
        Rule<EnrolmentWithdrawn>(e => e with { By = e.By.Forgotten() });
        Rule<PlacementConfirmed>(e => e with { By = e.By.Forgotten() });
        Rule<PlacementDeclined>(e => e with { By = e.By.Forgotten() });
        Rule<GuardianObjected>(e => e with { Reason = "", By = e.By.Forgotten() });
        Rule<ObjectionTakenBack>(e => e with { By = e.By.Forgotten() });
        Rule<SchoolNoteWritten>(e => e with { Text = "" });
        Rule<PlaceOffered>(e => e with { Place = e.Place.Forgotten() });
        Rule<ReportWritten>(e => e with { Text = "" });

        void Rule<TEvent>(Func<TEvent, TEvent> masked)
            where TEvent : notnull => options.Events.AddMaskingRuleForProtectedInformation(masked);
    }
}
