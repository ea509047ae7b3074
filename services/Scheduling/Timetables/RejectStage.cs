namespace Stages.Scheduling.Timetables;

public sealed class RejectStageValidator : AbstractValidator<RejectStage>
{
    public RejectStageValidator() => RuleFor(r => r.Reason).NotEmpty().MaximumLength(1000).IsProse();
}

/// <summary>A coordinator gives a stage up, with a reason; after publication its families and teacher are told it as it stands.</summary>
public static class RejectStageEndpoint
{
    public static Decision Decide(Stage stage, RejectStage command, Actor by, DateTimeOffset now) =>
        stage.IsLive ? Decision.Of(new StageRejected((command.Reason ?? "").Trim(), by, now)) : new StageIs(StageView.StatusOf(stage));

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/stages/{id:guid}/reject",
                (Guid id, RejectStage request, [AsParameters] CommandContext context) =>
                    StageCommands.Obey(id, context, stage => Decide(stage, request, Actor.Of(context.Caller), context.Now))
            )
            .For(Roles.Coordinator)
            .Validated<RejectStage>()
            .Produces<StageView>();
}
