using FluentValidation;

namespace Stages.Notifications.Addresses;

public sealed class AddressCodeTypedValidator : AbstractValidator<AddressCodeTyped>
{
    public AddressCodeTypedValidator() => RuleFor(r => r.Code).NotEmpty().MaximumLength(40);
}

public sealed class AddressAnswerValidator : AbstractValidator<AddressAnswer>
{
    public AddressAnswerValidator()
    {
        RuleFor(r => r.Code).NotEmpty().MaximumLength(40);
        RuleFor(r => r.Theirs).NotNull();
    }
}

public sealed class ProvenAddressValidator : AbstractValidator<ProvenAddress>
{
    public ProvenAddressValidator()
    {
        RuleFor(r => r.Email).NotEmpty().When(r => string.IsNullOrEmpty(r.Phone));
        RuleFor(r => r.Email).IsEmail();
        RuleFor(r => r.Phone).IsPhone();
    }
}

/// <summary>For the Portal, whose pages the reader of an address sees; and for coordinators, who see whom we do not reach.</summary>
public static class AddressEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // POST: the code is a secret, and stands in no address of ours inside.
        app.MapPost(
                "/internal/addresses/look",
                async (AddressCodeTyped typed, IQuerySession session, CancellationToken cancel) =>
                    await Find(session.Query<KnownAddress>(), typed.Code!, cancel) is { } known
                        ? Results.Ok(new AskedAddress(known.State == KnownAddress.Gone ? KnownAddress.Asked : known.State))
                        : new NotFound().AsProblem()
            )
            .For(Roles.Service)
            .Validated<AddressCodeTyped>()
            .ExcludeFromDescription();

        app.MapPost(
                "/internal/addresses/answer",
                async (AddressAnswer answer, Outgoing outgoing, Wake wake, [AsParameters] CommandContext context) =>
                {
                    var outcome = await context.Journal.Decide(
                        async reading =>
                            await Find(reading.Query<KnownAddress>(), answer.Code!, context.Cancel) is not { } known ? new NotFound()
                            : answer.Theirs == true ? await outgoing.Confirm(reading, known, null, context.Now)
                            : Answers.Refuse(known, context.Now),
                        cancel: context.Cancel
                    );
                    wake.Ring();
                    return outcome.Refusal is { } refusal ? refusal.AsProblem() : Results.NoContent();
                }
            )
            .For(Roles.Service)
            .Validated<AddressAnswer>()
            .ExcludeFromDescription();

        app.MapPost(
                "/internal/addresses/proven",
                async (ProvenAddress proven, Outgoing outgoing, Wake wake, [AsParameters] CommandContext context) =>
                {
                    var to = Recipient.Of(null, "", proven.Email, proven.Phone, "fr");
                    await context.Journal.Decide(
                        async reading => await outgoing.Confirm(reading, await reading.Load<KnownAddress>(to.AddressId), to, context.Now),
                        cancel: context.Cancel
                    );
                    wake.Ring();
                    return Results.NoContent();
                }
            )
            .For(Roles.Service)
            .Validated<ProvenAddress>()
            .ExcludeFromDescription();

        app.MapGet(
                "/api/notifications/addresses",
                async (Guid enrolment, Caller caller, IQuerySession session, HttpContext http, CancellationToken cancel) =>
                {
                    var contact = await session.LoadAsync<EnrolmentContact>(enrolment, cancel);
                    if (contact is null || !MaySee(caller, contact))
                        return new NotFound().AsProblem();
                    var known = (
                        await session.LoadManyAsync<KnownAddress>(cancel, [.. contact.Guardians.Select(g => g.AddressId)])
                    ).ToDictionary(a => a.Id, a => a.State);
                    http.Saw([enrolment]);
                    return Results.Ok(
                        new Page<GuardianAddress>([.. contact.Guardians.Select(g => new GuardianAddress(g.Name, StateOf(g, known)))], null)
                    );
                }
            )
            .For(Roles.Coordinator, Roles.Family)
            .Audited(AuditKinds.Read)
            .WithSummary("Which guardians of an enrolment have confirmed their address")
            .Produces<Page<GuardianAddress>>()
            .ProducesProblem(404);
    }

    /// <summary>The family, and the coordinators of its school. Guardians see each other's names, and so whether each is reached.</summary>
    public static bool MaySee(Caller caller, EnrolmentContact contact) =>
        caller.IsCoordinator ? caller.Covers(contact.SchoolUai) : contact.People.Contains(caller.Id);

    public static string StateOf(Recipient guardian, IReadOnlyDictionary<Guid, string> known) =>
        guardian.Address is null ? "none" : known.GetValueOrDefault(guardian.AddressId, "new");

    private static Task<KnownAddress?> Find(IQueryable<KnownAddress> all, string code, CancellationToken cancel)
    {
        var hash = AddressCode.HashOf(code);
        return all.Where(a => a.Code == hash).FirstOrDefaultAsync(cancel);
    }
}
