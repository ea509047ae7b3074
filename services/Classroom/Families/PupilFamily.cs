using MassTransit;
using Stages.Contracts.Enrolment;
using Stages.ServiceDefaults;

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

public sealed class EnrolmentFamilyConsumer(Journal journal) : IConsumer<EnrolmentFamily>
{
    public Task Consume(ConsumeContext<EnrolmentFamily> context) =>
        journal.Consume(context, async (reading, m) => PupilFamily.Keep(await reading.Load<PupilFamily>(m.EnrolmentId), m));
}
