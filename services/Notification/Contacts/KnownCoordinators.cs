using FluentValidation;

namespace Stages.Notifications.Contacts;

/// <summary>Who coordinates which territory, as the Portal last said it. One document, whole.</summary>
public sealed record KnownCoordinators(Guid Id, DateTimeOffset At, IReadOnlyList<CoordinatorAddress> People)
{
    public static readonly Guid TheId = Guid.Parse("01978a00-0000-7000-8000-00000000c00d");

    public static Decision Keep(KnownCoordinators? known, CoordinatorsNow said) =>
        known?.At >= said.At
            ? Decision.Nothing
            : Decision.Nothing.AndStore(
                new KnownCoordinators(TheId, said.At, [.. (said.People ?? []).OrderBy(p => p.Email, StringComparer.Ordinal)])
            );
}

public sealed class CoordinatorsNowValidator : AbstractValidator<CoordinatorsNow>
{
    public CoordinatorsNowValidator()
    {
        RuleFor(r => r.People).NotNull().Must(p => p is null || p.Count <= 2_000);
        RuleForEach(r => r.People)
            .ChildRules(p =>
            {
                p.RuleFor(c => c.Email).NotEmpty().IsEmail();
                p.RuleFor(c => c.Territory).MaximumLength(8);
                p.RuleFor(c => c.Language).MaximumLength(10);
            });
    }
}

public static class CoordinatorsEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPut(
                "/internal/coordinators",
                async (CoordinatorsNow said, [AsParameters] CommandContext context) =>
                {
                    await context.Journal.Decide(
                        async reading => KnownCoordinators.Keep(await reading.Load<KnownCoordinators>(KnownCoordinators.TheId), said),
                        under: LockKey.Of("coordinators", KnownCoordinators.TheId),
                        cancel: context.Cancel
                    );
                    return Results.NoContent();
                }
            )
            .For(Roles.Service)
            .Validated<CoordinatorsNow>()
            .ExcludeFromDescription();
}
