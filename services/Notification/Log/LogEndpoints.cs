namespace Stages.Notifications.Log;

public static class LogEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/notifications",
                async (
                    string? status,
                    string? recipient,
                    string? email,
                    string? kind,
                    Guid? campaign,
                    string? after,
                    Caller caller,
                    DeliveryLog log,
                    CancellationToken cancel
                ) =>
                {
                    if (status is not null && !Statuses.All.Contains(status, StringComparer.Ordinal))
                        return new UnknownStatus().AsProblem();
                    var hash = recipient ?? (email is null ? null : Trace.Hash(EmailAddress.KeyOf(email)));
                    return Results.Ok(await log.List(status, hash, kind, null, campaign, caller.Territory, after, cancel));
                }
            )
            .For(Roles.Coordinator)
            .WithSummary("The delivery log, newest first")
            .ReadsFiles<Page<LoggedDelivery>>(p => ToCall(p.Items))
            .Produces<Page<LoggedDelivery>>();

        app.MapGet(
                "/api/notifications/summary",
                async (Guid? campaign, Caller caller, NpgsqlDataSource database, CancellationToken cancel) =>
                    Results.Ok(await DeliverySummary.Read(database, campaign, caller.Territory, cancel))
            )
            .For(Roles.Coordinator)
            .WithSummary("How telling people is going")
            .Produces<DeliverySummary>();

        app.MapPost(
                "/api/notifications/{id:guid}/retry",
                async (
                    Guid id,
                    Caller caller,
                    DeliveryLog log,
                    Outgoing outgoing,
                    NpgsqlDataSource database,
                    Wake wake,
                    CancellationToken cancel
                ) =>
                {
                    if (Corrections.Retry(await log.Find(id, caller.Territory, cancel), outgoing.HasSms) is { } refusal)
                        return refusal.AsProblem();
                    await Corrections.SetPending(database, id, cancel);
                    wake.Ring();
                    return Results.Ok(await log.Find(id, caller.Territory, cancel));
                }
            )
            .For(Roles.Coordinator)
            .WithSummary("Tries again what failed or was abandoned")
            .ReadsFiles<LoggedDelivery>(d => ToCall([d]))
            .Produces<LoggedDelivery>()
            .ProducesProblem(404)
            .ProducesProblem(409);

        app.MapPost(
                "/api/notifications/{id:guid}/told",
                async (Guid id, Caller caller, DeliveryLog log, NpgsqlDataSource database, CancellationToken cancel) =>
                {
                    if (Corrections.Tell(await log.Find(id, caller.Territory, cancel)) is { } refusal)
                        return refusal.AsProblem();
                    await Corrections.SetTold(database, id, cancel);
                    return Results.Ok(await log.Find(id, caller.Territory, cancel));
                }
            )
            .For(Roles.Coordinator)
            .WithSummary("A coordinator has told the person, by phone or otherwise")
            .ReadsFiles<LoggedDelivery>(d => ToCall([d]))
            .Produces<LoggedDelivery>()
            .ProducesProblem(404)
            .ProducesProblem(409);

        app.MapGet(
                "/api/me/notifications",
                async (string? after, Caller caller, DeliveryLog log, CancellationToken cancel) =>
                    Results.Ok(await log.List(null, null, null, caller.Id, null, null, after, cancel))
            )
            .For(Roles.Family, Roles.Teacher)
            .WithSummary("What was sent to you")
            .ReadsFiles<Page<LoggedDelivery>>(p => ToCall(p.Items))
            .Produces<Page<LoggedDelivery>>();
    }

    /// <summary>Enrolments of which a person and their number are told.</summary>
    private static IEnumerable<Guid> ToCall(IEnumerable<LoggedDelivery> deliveries) =>
        deliveries.Where(d => d.ToDo is not null).Select(d => d.EnrolmentId).OfType<Guid>();

    public sealed record UnknownStatus()
        : Refusal(
            RefusalKind.Shape,
            "unknown-status",
            "État inconnu : pending, sent, failed, abandoned, unsent, held ou told.",
            "Unknown status: pending, sent, failed, abandoned, unsent, held or told."
        );
}
