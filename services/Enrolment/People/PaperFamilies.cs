namespace Stages.Enrolments.People;

public sealed record FamilyHasAccount()
    : Refusal(
        RefusalKind.Conflict,
        "family-has-account",
        "Cette famille peut se connecter : elle télécharge et efface elle-même ses données, sur la page « Mes données ».",
        "This family can sign in: it downloads and erases its data itself, on the page “My data”."
    );

public sealed record HowAsked()
    : Refusal(
        RefusalKind.Shape,
        "how-asked",
        "Dites comment la famille l’a demandé : letter, visit ou phone.",
        "Say how the family asked: letter, visit or phone."
    );

/// <summary>
/// A family that enrolled on paper and cannot sign in has the same rights: a coordinator of its school's territory carries them out when
/// it asks, and the log says who did and how it was asked.
/// </summary>
public static class PaperFamilies
{
    private static readonly string[] Ways = ["letter", "visit", "phone"];

    /// <param name="merged">What ended in this enrolment before: it is of the same child, and goes with it.</param>
    public static Decision Erase(Enrolment? state, IReadOnlyList<Enrolment> merged, string? askedBy, Caller caller, DateTimeOffset now)
    {
        if (state is null || !EnrolmentAccess.MayRead(caller, state))
            return new NotFound();
        if (state.Status == Enrolment.Erased)
            return Decision.Nothing;
        if (!Ways.Contains(askedBy))
            return new HowAsked();
        if (Family.HasAccount(state))
            return new FamilyHasAccount();
        var by = Author.Of(caller);
        return Decision.All([
            Forgetting.Whole(state, now, by, askedBy),
            .. merged.Select(e => Forgetting.Whole(e, now, by, askedBy).At(e.Id)),
        ]);
    }

    public static Decision Export(Enrolment? state, Caller caller, DateTimeOffset now)
    {
        if (state is null || !EnrolmentAccess.MayRead(caller, state) || state.Status == Enrolment.Erased)
            return new NotFound();
        return Family.HasAccount(state) ? new FamilyHasAccount() : Decision.Of(new DataExported(Author.Of(caller), now));
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        // POST, since it leaves a note in the log.
        app.MapPost(
                "/api/enrolments/{id:guid}/data",
                async (Guid id, Caller caller, Journal journal, IQuerySession session, TimeProvider clock, CancellationToken cancel) =>
                {
                    var outcome = await journal.Decide<Enrolment>(id, state => Export(state, caller, clock.GetUtcNow()), cancel: cancel);
                    if (outcome.Refusal is { } refusal)
                        return refusal.AsProblem();
                    return Results.Ok(EnrolmentView.Of((await session.LoadAsync<Enrolment>(id, cancel))!, caller));
                }
            )
            .For(Roles.Coordinator)
            .AsksForFreshProof()
            .WithSummary("What is kept of a family without an account, on its request")
            .Audited(AuditKinds.Export)
            .Produces<EnrolmentView>()
            .ProducesProblem(404)
            .ProducesProblem(409);
        app.MapDelete(
                "/api/enrolments/{id:guid}/data",
                async (
                    Guid id,
                    Caller caller,
                    Journal journal,
                    LogMasking masking,
                    TimeProvider clock,
                    CancellationToken cancel,
                    string? asked = null
                ) =>
                {
                    Guid[] all = [id];
                    var outcome = await journal.Decide<Enrolment>(
                        id,
                        async (reading, state) =>
                        {
                            all = [id, .. state?.Merged ?? []];
                            return Erase(state, await reading.Streams<Enrolment>(all[1..]), asked, caller, clock.GetUtcNow());
                        },
                        cancel: cancel
                    );
                    if (outcome.Refusal is { } refusal)
                        return refusal.AsProblem();
                    foreach (var enrolment in all)
                        await masking.Settle(enrolment, cancel);
                    return Results.NoContent();
                }
            )
            .For(Roles.Coordinator)
            .AsksForFreshProof()
            .Audited(AuditKinds.Erasure)
            .WithSummary("Erase a family without an account, on its request")
            .Produces(204)
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409);
    }
}
