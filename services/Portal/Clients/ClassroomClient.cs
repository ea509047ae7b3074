namespace Stages.Portal.Clients;

/// <summary>The way into a class.</summary>
public sealed class ClassroomClient(HttpClient http) : ServiceClient(http)
{
    /// <param name="Url">Personal, one use.</param>
    public sealed record Ticket(string Url);

    public Task<Answer<Ticket>> Join(Guid module, Guid? enrolment, CancellationToken cancel) =>
        Post<Ticket>($"api/modules/{module}/join", new { enrolmentId = enrolment }, null, cancel);
}
