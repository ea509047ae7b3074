using Marten;
using Stages.ServiceDefaults;

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
                    (
                        Guid id,
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
                            (_, stage, _) => ValueTask.FromResult(Decide(stage, pinned, Actor.Of(caller), clock.GetUtcNow())),
                            cancel
                        )
                )
                .For(Roles.Coordinator)
                .Produces<StageView>();
    }
}
