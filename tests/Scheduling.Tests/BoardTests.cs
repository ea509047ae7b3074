namespace Stages.Scheduling.Tests;

/// <summary>The coordinators' board is a client of the public API: what it was compiled against is what is answered.</summary>
public sealed class BoardTests(SchedulingService service)
{
    private static readonly string[] Used =
    [
        "StageView",
        "StageNews",
        "MoveStage",
        "MovePreview",
        "OfferView",
        "UnplacedWishView",
        "PlaceView",
        "ConflictView",
    ];

    [Fact]
    public async Task the_board_knows_the_shapes_of_stages_offers_and_moves()
    {
        using var anybody = service.Client();
        ApiShapes.AreKnown(await anybody.GetStringAsync("/openapi/v1.json"), "scheduling.json", Used);
    }
}
