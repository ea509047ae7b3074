using MassTransit;
using Stages.Contracts.Enrolment;

namespace Stages.Classrooms.Families;

/// <summary>
/// Which accounts may bring a pupil to class, and the first name that the class calls the pupil by. A copy of what Enrolment
/// tells, kept out of our events so that an erasure there leaves nothing here.
/// </summary>
public sealed record PupilFamily(Guid Id, Guid CampaignId, long Version, string FirstName, Guid[] PersonIds)
{
    /// <summary>An older message that comes late changes nothing.</summary>
    public static Decision Keep(PupilFamily? known, EnrolmentFamily m) =>
        known?.Version >= m.Version
            ? Decision.Nothing
            : Decision.Nothing.AndStore(new PupilFamily(m.EnrolmentId, m.CampaignId, m.Version, m.PupilFirstName, [.. m.PersonIds]));
}

public sealed class EnrolmentFamilyConsumer(Journal journal, LogMasking masking, ForgetId forget, TimeProvider clock)
    : IConsumer<EnrolmentFamily>
{
    public async Task Consume(ConsumeContext<EnrolmentFamily> context)
    {
        await journal.Consume(
            context,
            async (reading, m) =>
            {
                var kept = PupilFamily.Keep(await reading.Load<PupilFamily>(m.EnrolmentId), m);
                return m.Erased
                    ? kept.And(ForgetPupil.Decide(m.EnrolmentId, await Attended(reading, m), clock.GetUtcNow()))
                        .And(ForgetPupil.Reports(m.EnrolmentId))
                        .And(ForgetId.Owed(m.EnrolmentId, clock.GetUtcNow()))
                    : kept;
            }
        );
        if (!context.Message.Erased)
            return;
        await masking.SettleAll(context.CancellationToken);
        await forget.Soon(context.Message.EnrolmentId, context.CancellationToken);
    }

    private static async Task<IReadOnlyList<ClassSession>> Attended(Reading reading, EnrolmentFamily m) =>
        await reading
            .Documents.Query<ClassSession>()
            .Where(s => s.CampaignId == m.CampaignId)
            .Where(s => s.Seats.Any(x => x.EnrolmentId == m.EnrolmentId) || s.Corrections.Any(c => c.EnrolmentId == m.EnrolmentId))
            .ToListAsync(reading.Cancel);
}
