namespace Stages.Enrolments;

/// <summary>Makes <see cref="EnrolmentView"/>.</summary>
public static class EnrolmentViews
{
    extension(EnrolmentView)
    {
        /// <param name="reader">
        /// The guardian who reads; null for a coordinator. A guardian sees the address of nobody else, and no objection but their own.
        /// </param>
        public static EnrolmentView Of(Enrolment e, Guid? reader) =>
            new(
                e.Id,
                e.CampaignId,
                e.Status,
                e.Version,
                e.Content.Pupil,
                [
                    .. e.Content.Guardians.Select(g =>
                        reader is not { } me || Family.Is(me, g) ? g : new Guardian(g.Name, Language: g.Language)
                    ),
                ],
                e.Content.Wishes,
                e.Content.Weeks,
                e.Content.Slots,
                e.Content.SiblingsTogether,
                e.Content.Equipment,
                e.Content.Consent,
                e.IdentifiedBySchool,
                e.SubmittedAt,
                e.ChangedAt,
                [
                    .. e.Places.Select(p => new PlacementView(
                        p.Subject,
                        p.StageId,
                        p.Status,
                        p.Week,
                        p.TimeZone,
                        p.TeacherFirstName,
                        p.Modules,
                        p.Reason,
                        null,
                        ReportOf(e, p.StageId, p.Subject),
                        [.. PresencesOf(e, p.StageId)],
                        p.Status == PlaceStatus.Offered ? p.AnswerBefore : null,
                        p.Ended,
                        p.Levels
                    )),
                    .. e.Waiting.Select(w => new PlacementView(
                        w.Subject,
                        null,
                        "waiting",
                        null,
                        null,
                        null,
                        null,
                        null,
                        new WaitingView(w.Position, w.Reason, Say.In(w.TextFr, w.TextEn), Say.In(w.WouldBePlacedIfFr, w.WouldBePlacedIfEn))
                    )),
                ],
                e.SchoolNote,
                [
                    .. from objection in e.Objections ?? []
                    where reader is null || reader == objection.By
                    let guardian = e.Content.Guardians.FirstOrDefault(g => Family.Is(objection.By, g))
                    select new ObjectionView(guardian?.Name, objection.Reason, objection.At),
                ],
                Family.RuleOf(e.Content),
                e.Reference ?? EnrolmentReference.Of(e.Id),
                reader is null ? e.Content.Marks : null,
                MergedInto: e.MergedInto
            );

        public static EnrolmentView Of(Enrolment e, Caller reader) => Of(e, reader.IsFamily ? reader.Id : null);

        public static ReportView? ReportOf(Enrolment e, Guid stageId, string subject) =>
            e.Reports?.FirstOrDefault(r => r.StageId == stageId && r.Subject == subject) is { } r
                ? new ReportView(r.StageId, r.Text, r.At)
                : null;

        public static IEnumerable<PresenceView> PresencesOf(Enrolment e, Guid stageId) =>
            (e.Presences ?? []).Where(p => p.StageId == stageId).Select(p => new PresenceView(p.ModuleId, p.Minutes, p.Source));
    }
}
