using System.Text.Json.Serialization;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Offers;
using Stages.ServiceDefaults;

namespace Stages.Scheduling.Timetables;

public sealed record ModuleView(
    Guid Id,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Slot
);

/// <param name="Wish">Subject of the wish that is placed.</param>
/// <param name="Status"><c>placed</c>, or <c>offered</c> from the waiting list until <paramref name="AnswerBefore"/>.</param>
public sealed record PupilView(Guid EnrolmentId, string Wish, string Level, string SchoolUai, string Status, DateTimeOffset? AnswerBefore);

/// <summary>A stage as coordinators see it.</summary>
/// <param name="Level">Its level, or two joined by a hyphen; <paramref name="Levels"/> has them apart.</param>
/// <param name="Status">
/// <c>draft</c>, <c>approved</c>, <c>published</c>; <c>rejected</c>, <c>cancelled</c> (after publication) or <c>replaced</c> (by
/// another timetable).
/// </param>
/// <param name="NeedsTeacher">Its teacher withdrew.</param>
/// <param name="FreePlaces">How many more pupils the group could take.</param>
public sealed record StageView(
    Guid Id,
    Guid CampaignId,
    string Subject,
    string Level,
    IReadOnlyList<string> Levels,
    string Week,
    Guid TeacherOfferId,
    string? TeacherName,
    IReadOnlyList<ModuleView> Modules,
    IReadOnlyList<PupilView> Pupils,
    string Status,
    bool Pinned,
    bool NeedsTeacher,
    int FreePlaces,
    string? Reason,
    long Version
)
{
    /// <summary>
    /// In the answer to a move: the stages that pupils left for this one, as they are now. Who changes them next needs their versions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StageView>? AlsoChanged { get; init; }

    public static StageView Of(Stage s, CampaignPlan plan, Offer? offer, OfferTeacher? teacher) =>
        new(
            s.Id,
            s.CampaignId,
            s.Subject,
            string.Join('-', s.Levels),
            s.Levels,
            s.Week,
            s.OfferId,
            teacher?.Name,
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
            Math.Max(0, Rules.Group.Most(plan, offer) - s.Seats.Count),
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

    private static ModuleView Describe(CampaignPlan plan, string week, Module m)
    {
        var time = ModuleTime.Of(plan, week, m.Slot);
        return new ModuleView(m.Id, time.Date, time.Start, time.End, time.StartsAt, time.EndsAt, Grid.Code(plan, m.Slot));
    }
}
