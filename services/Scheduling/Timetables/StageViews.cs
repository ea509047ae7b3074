using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Timetables;

/// <summary>Makes <see cref="StageView"/>, and knows whom it concerns.</summary>
public static class StageViews
{
    extension(StageView)
    {
        public static StageView Of(Stage s, CampaignPlan plan, Limits? limits, string? teacher) =>
            new(
                s.Id,
                s.CampaignId,
                s.Subject,
                string.Join('-', s.Levels),
                s.Levels,
                s.Week,
                s.OfferId,
                teacher,
                [.. s.Modules.OrderBy(m => m.Slot).Select(m => Describe(plan, s.Week, m))],
                [
                    .. s.Seats.Select(p => new PupilView(
                        p.EnrolmentId,
                        s.Subject,
                        p.Level,
                        p.SchoolUai,
                        p.AnswerBefore is null ? "placed" : "offered",
                        p.AnswerBefore
                    )),
                ],
                StatusOf(s),
                s.Pinned,
                s.TeacherGone,
                Math.Max(0, Rules.Group.Most(plan, limits) - s.Seats.Count),
                s.Reason,
                s.Version
            );

        public static string StatusOf(Stage s) =>
            s.Status switch
            {
                StageStatus.Draft => "draft",
                StageStatus.Approved => "approved",
                StageStatus.Published => "published",
                _ => s.WasPublished ? "cancelled"
                : s.Reason is null ? "replaced"
                : "rejected",
            };

        /// <summary>A stage concerns a coordinator whose territory has one of its pupils or its teacher.</summary>
        public static bool Concerns(Stage stage, Offer? offer, Caller caller) =>
            caller.IsCoordinator
            && (caller.Territory is null || stage.Seats.Any(s => caller.Covers(s.SchoolUai)) || caller.Covers(offer?.SchoolUai));
    }

    extension(StageView view)
    {
        /// <summary>As this coordinator sees it: of a pupil of another territory, the département alone.</summary>
        public StageView For(Caller caller) =>
            view.Pupils.All(p => caller.Covers(p.SchoolUai))
                ? view
                : view with
                {
                    Pupils =
                    [
                        .. view.Pupils.Select(p =>
                            caller.Covers(p.SchoolUai) ? p : p with { SchoolUai = p.SchoolUai[..Math.Min(3, p.SchoolUai.Length)] }
                        ),
                    ],
                };
    }

    private static ModuleView Describe(CampaignPlan plan, string week, Module m)
    {
        var time = ModuleTime.Of(plan, week, m.Slot);
        return new ModuleView(m.Id, time.Date, time.Start, time.End, time.StartsAt, time.EndsAt, Grid.Code(plan, m.Slot));
    }
}
