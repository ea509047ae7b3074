using Stages.Testing;

namespace Stages.Enrolments.Tests;

/// <summary>The coordinators' board is a client of the public API: what it was compiled against is what is answered.</summary>
public sealed class BoardTests(EnrolmentService service)
{
    [Fact]
    public async Task the_board_knows_the_shape_of_a_pupil()
    {
        using var anybody = service.Client();
        ApiShapes.AreKnown(await anybody.GetStringAsync("/openapi/v1.json"), "enrolment.json", ["PupilLine"]);
    }

    [Fact]
    public void no_endpoint_documents_two_shapes_for_one_status() => DocumentedAnswers.HaveOneShapeAStatus(service.Services);
}
