using FluentValidation;
using Marten;
using Stages.ServiceDefaults;

namespace Stages.Scheduling.Timetables;

public sealed record RejectStage(string? Reason = null);

public sealed class RejectStageValidator : AbstractValidator<RejectStage>
{
    public RejectStageValidator() => RuleFor(r => r.Reason).NotEmpty().MaximumLength(1000);
}

/// <summary>A coordinator gives a stage up, with a reason; after publication its families and teacher are told it as it stands.</summary>
public static class RejectStageEndpoint
{
    public static Decision Decide(Stage stage, RejectStage command, Actor by, DateTimeOffset now) =>
        stage.IsLive ? Decision.Of(new StageRejected((command.Reason ?? "").Trim(), by, now)) : new StageIs(StageView.StatusOf(stage));

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/stages/{id:guid}/reject",
                (
                    Guid id,
                    RejectStage request,
                    Caller caller,
                    IfMatch ifMatch,
                    Journal journal,
                    IQuerySession reads,
                    HttpContext http,
                    TimeProvider clock,
                    CancellationToken cancel
                ) =>
                    StageCommands.Obey(
                        id,
                        caller,
                        ifMatch,
                        journal,
                        reads,
                        http,
                        (_, stage, _) => ValueTask.FromResult(Decide(stage, request, Actor.Of(caller), clock.GetUtcNow())),
                        cancel
                    )
            )
            .For(Roles.Coordinator)
            .Validated<RejectStage>()
            .Produces<StageView>();
}
