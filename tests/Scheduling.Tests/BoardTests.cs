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
        "StageTargets",
        "PupilTargets",
        "RefusedStage",
    ];

    [Fact]
    public async Task the_board_knows_the_shapes_of_stages_offers_and_moves()
    {
        using var anybody = service.Client();
        ApiShapes.AreKnown(await anybody.GetStringAsync("/openapi/v1.json"), "scheduling.json", Used);
    }

    [Fact]
    public async Task a_move_answers_the_stages_or_what_stands_against_it()
    {
        using var anybody = service.Client();
        var document = await anybody.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var answers = document.GetProperty("paths").GetProperty("/api/stages/{id}").GetProperty("put").GetProperty("responses");
        answers.EnumerateObject().Select(a => a.Name).Where(status => status.StartsWith('2')).ShouldBe(["200"]);
        answers
            .GetProperty("200")
            .GetProperty("content")
            .GetProperty("application/json")
            .GetProperty("schema")
            .GetProperty("anyOf")
            .EnumerateArray()
            .Select(s => s.GetProperty("$ref").GetString()!.Split('/')[^1])
            .ShouldBe(["StageView", "MovePreview"]);
    }

    [Fact]
    public void no_endpoint_documents_two_shapes_for_one_status() => DocumentedAnswers.HaveOneShapeAStatus(service.Services);
}
