using Stages.Portal.Staff;

namespace Stages.Portal.Audit;

/// <summary>The audit log for programs; people have the page <c>/administration/journal</c>.</summary>
public static class ReadJournal
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/administration/audit",
                async (
                    Guid? person,
                    string? kind,
                    Guid? @object,
                    DateTimeOffset? from,
                    DateTimeOffset? until,
                    string? after,
                    int? limit,
                    AuditJournal journal,
                    CancellationToken cancel
                ) => TypedResults.Ok(await journal.Read(new JournalFilter(person, kind, @object, from, until, after, limit ?? 100), cancel))
            )
            .RequireAuthorization(policy => policy.RequireClaim("role", Roles.Admin))
            .WithSummary("The audit log of all services, the newest first");
}

/// <summary>Who stands behind the log's own ids, as far as the Portal knows them: those who hold a role.</summary>
public static class JournalNames
{
    public static IReadOnlyDictionary<Guid, string> Of(IEnumerable<StaffMember> members) =>
        members.ToDictionary(m => IdOf(m.Email), m => m.Name ?? m.Email);

    public static Guid IdOf(string email) => AuditKey.Person(PersonId.FromEmail(email));
}
