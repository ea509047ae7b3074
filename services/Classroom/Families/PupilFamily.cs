using Marten;
using MassTransit;
using Stages.Contracts.Enrolment;
using Stages.ServiceDefaults;

namespace Stages.Classrooms.Families;

/// <summary>
/// Which accounts may bring a pupil to class, and the first name that the class calls the pupil by. A copy of what Enrolment
/// tells, kept out of our events so that an erasure there leaves nothing here.
/// </summary>
public sealed record PupilFamily(Guid Id, Guid CampaignId, long Version, string FirstName, Guid[] PersonIds);

public sealed class EnrolmentFamilyConsumer(Inbox inbox) : IConsumer<EnrolmentFamily>
{
    public Task Consume(ConsumeContext<EnrolmentFamily> context) =>
        inbox.Once(
            context,
            async session =>
            {
                var m = context.Message;
                if (await session.LoadAsync<PupilFamily>(m.EnrolmentId) is { } known && known.Version >= m.Version)
                    return;
                session.Store(new PupilFamily(m.EnrolmentId, m.CampaignId, m.Version, m.PupilFirstName, [.. m.PersonIds]));
            }
        );
}
