using Stages.Portal.Clients;

namespace Stages.Portal.Tests;

/// <summary>
/// The Portal's clients beside the OpenAPI documents of the services as they run. What is sent and read has one declaration for both
/// sides, which the compiler holds; which of these belongs to a method and a path is held here.
/// </summary>
public sealed class ClientsTests(Stack stack) : IClassFixture<Stack>
{
    [Theory]
    [InlineData("Enrolment", typeof(EnrolmentClient))]
    [InlineData("Scheduling", typeof(SchedulingClient))]
    [InlineData("Notification", typeof(NotificationClient))]
    [InlineData("Classroom", typeof(ClassroomClient))]
    public async Task a_client_calls_sends_and_reads_what_its_service_has(string service, Type client)
    {
        using var http = new HttpClient { BaseAddress = stack.Service(service) };
        var document = new ApiDescription(
            await http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", TestContext.Current.CancellationToken)
        );
        var calls = await ClientCalls.Of(client);
        calls.ShouldNotBeEmpty();

        calls
            .Where(c => !c.Path.StartsWith("/internal/", StringComparison.Ordinal))
            .SelectMany(document.Faults)
            .Order(StringComparer.Ordinal)
            .Distinct(StringComparer.Ordinal)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task a_path_an_answer_or_a_field_that_the_service_does_not_have_is_a_fault()
    {
        using var http = new HttpClient { BaseAddress = stack.Service("Enrolment") };
        var document = new ApiDescription(
            await http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", TestContext.Current.CancellationToken)
        );
        ClientCall Call(string method, string path, string? body, Type? answer) => new("Test", method, path, [], body, answer);

        document.Faults(Call("GET", "/api/nothing", null, null)).ShouldHaveSingleItem();
        document.Faults(Call("GET", $"/api/enrolments/{Guid.Empty}", null, typeof(SchoolView))).ShouldHaveSingleItem();
        document.Faults(Call("PUT", $"/api/enrolments/{Guid.Empty}/note", """{"remark":"x"}""", null)).ShouldHaveSingleItem();
    }
}
