namespace Stages.Enrolments;

/// <summary>Whose files an answer of this service is out of, for the audit log.</summary>
public static class FilesRead
{
    public static RouteHandlerBuilder ReadsEnrolment(this RouteHandlerBuilder endpoint) => endpoint.ReadsFiles<EnrolmentView>(e => [e.Id]);

    public static RouteHandlerBuilder ReadsEnrolments(this RouteHandlerBuilder endpoint) =>
        endpoint
            .ReadsFiles<Sheet<EnrolmentView>>(s => s.Items.Select(e => e.Id))
            .ReadsFiles<Page<EnrolmentView>>(p => p.Items.Select(e => e.Id));
}
