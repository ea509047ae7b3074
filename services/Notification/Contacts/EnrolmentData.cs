using Stages.Notifications.Log;

namespace Stages.Notifications.Contacts;

/// <summary>
/// What this service holds of one enrolment, for a family without an account: the Portal asks, once Enrolment has allowed and noted it.
/// It goes when Enrolment tells that the enrolment was erased.
/// </summary>
public sealed record EnrolmentData(string? Pupil, IReadOnlyList<Recipient> Guardians, IReadOnlyList<LoggedDelivery> Notifications)
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/internal/enrolments/{enrolmentId:guid}",
                async (Guid enrolmentId, IQuerySession session, DeliveryLog log, CancellationToken cancel) =>
                {
                    var contact = await session.LoadAsync<EnrolmentContact>(enrolmentId, cancel);
                    return Results.Ok(new EnrolmentData(contact?.Pupil, contact?.Guardians ?? [], await log.Of(enrolmentId, cancel)));
                }
            )
            .For(Roles.Service)
            .ExcludeFromDescription();
}
