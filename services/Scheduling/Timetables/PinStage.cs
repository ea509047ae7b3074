namespace Stages.Scheduling.Timetables;

/// <summary>A pinned stage stays in every further pairing run as it is.</summary>
public static class PinStage
{
    public static Decision Decide(Stage stage, bool pinned, Actor by, DateTimeOffset now)
    {
        if (!stage.IsLive)
            return new StageIs(StageView.StatusOf(stage));
        if (stage.Pinned == pinned)
            return Decision.Nothing;
        return pinned ? Decision.Of(new StagePinned(by, now)) : Decision.Of(new StageUnpinned(by, now));
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var (verb, pinned) in new[] { ("pin", true), ("unpin", false) })
            app.MapPost(
                    $"/api/stages/{{id:guid}}/{verb}",
                    (Guid id, [AsParameters] CommandContext context) =>
                        StageCommands.Obey(id, context, stage => Decide(stage, pinned, Actor.Of(context.Caller), context.Now))
                )
                .For(Roles.Coordinator)
                .Produces<StageView>();
    }
}
