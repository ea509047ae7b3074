namespace Stages.Scheduling.Timetables;

/// <summary>A place that became free after publication is offered to the first of the waiting list who fits, until a deadline.</summary>
public static class GiveFreedPlace
{
    /// <summary>How long a family has to confirm a place offered from the waiting list.</summary>
    public static readonly TimeSpan TimeToAnswer = TimeSpan.FromHours(CampaignDefaults.HoursToAnswer);

    /// <summary>Those who may be offered a place here, the first one first: who gave one up here is not asked again.</summary>
    public static IReadOnlyList<Candidate> Asked(CampaignPlan plan, Stage stage, IEnumerable<Candidate> waiting) =>
        [
            .. Ranking.Order(
                waiting.Where(c =>
                    !stage.Refused.Contains(c.Id) && Rules.Pupils.CanAttend(plan, c, stage.Week, stage.Modules.Select(m => m.Slot))
                ),
                stage.Subject
            ),
        ];

    /// <param name="held">The stages in which these pupils, or siblings to keep apart from, have a seat already.</param>
    public static Decision Decide(
        CampaignPlan plan,
        Stage stage,
        IEnumerable<Candidate> asked,
        IReadOnlyList<Stage> held,
        Households households,
        DateTimeOffset now
    )
    {
        var offered = new List<SeatOffered>();
        foreach (var c in asked.Where(c => !Rules.Pupils.Clashes(plan, stage, [.. held.Where(s => s.Holds(c.Id))])))
        {
            if (stage.Freed == 0)
                break;
            // Of twins who both wait, one has it: that one is in the stage already when the other is looked at.
            if (Rules.Pupils.MeetsSiblings(plan, stage, households.ApartFrom(c.Id), held))
                continue;
            var offer = new SeatOffered(new Seat(c.Id, c.Level, c.SchoolUai, Deadline(plan, stage, now)), Actor.System, now);
            offered.Add(offer);
            stage = stage.Apply(offer);
        }
        return Decision.Of([.. offered]);
    }

    /// <summary>48 hours, less when the stage begins sooner. A campaign that is replayed lies in the past: there 48 hours hold.</summary>
    public static DateTimeOffset Deadline(CampaignPlan plan, Stage stage, DateTimeOffset now)
    {
        var begins = stage.Modules.Min(m =>
            Grid.InstantOf(plan.TimeZone, Grid.DateOf(plan, stage.Week, m.Slot), Grid.StartOf(plan, m.Slot))
        );
        var usual = now + TimeToAnswer;
        return begins > now && begins < usual ? begins : usual;
    }
}
