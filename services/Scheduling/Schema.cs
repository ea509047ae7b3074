using JasperFx.Events.Projections;
using Marten.Events.Projections;
using Stages.Scheduling.Offers;
using Stages.Scheduling.People;

namespace Stages.Scheduling;

/// <summary>
/// What this service keeps in its schema: snapshots of its aggregates, and documents of which each says why it is not one.
/// </summary>
public static class Schema
{
    public static void Configure(StoreOptions options)
    {
        options.Projections.Snapshot<Campaign>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Offer>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<TeacherStanding>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<TeacherQueue>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<PairingRun>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Timetable>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Stage>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Waiting>(SnapshotLifecycle.Inline);

        Forgetting.AddMasking(options);
        options.Schema.For<Offer>().Index(o => o.CampaignId).Index(o => o.PersonId);
        options.Schema.For<OfferTeacher>().Index(t => t.PersonId).Index(t => t.CampaignId).FoundBy(t => t.Words);
        options.Schema.For<Candidate>().Index(c => c.CampaignId).Index(c => c.SiblingGroup!);
        options.Schema.For<PairingRun>().Index(r => r.CampaignId);
        options.Schema.For<RunInstance>();
        options.Schema.For<RunProposal>();
        options.Schema.For<RunProgress>();
        options.Schema.For<WaitingMark>();
        options.Schema.For<Waiting>().Index(w => w.CampaignId);
        // Who sits in which stage is asked at every move: an index over what the stages hold.
        options.Schema.For<Stage>().Index(s => s.CampaignId).Index(s => s.OfferId).GinIndexJsonData();
    }
}
