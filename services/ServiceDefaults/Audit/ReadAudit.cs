using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Stages.ServiceDefaults;

/// <summary>A row as the Portal reads it for an administrator.</summary>
/// <param name="Person">The audit log's own id, see <see cref="AuditKey.Person"/>.</param>
/// <param name="Hash">By which the row is found again in the table; hexadecimal.</param>
public sealed record AuditLine(
    string Service,
    long Seq,
    DateTimeOffset At,
    string Kind,
    Guid? Person,
    string Role,
    string? Territory,
    string What,
    IReadOnlyList<Guid> Objects,
    int Status,
    string? Client,
    string? Reference,
    string Hash
)
{
    public static AuditLine Of(string service, AuditRow row) =>
        new(
            service,
            row.Seq,
            row.Entry.At,
            row.Entry.Kind,
            row.Entry.Person,
            row.Entry.Role,
            row.Entry.Territory,
            row.Entry.What,
            row.Entry.Objects,
            row.Entry.Status,
            row.Entry.Client,
            row.Entry.Reference,
            Convert.ToHexStringLower(row.Hash)
        );
}

/// <summary>This service's part of the log. The Portal asks as the administrator, and notes that they have read.</summary>
public static class ReadAudit
{
    private const int Most = 500;

    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/internal/audit",
                async (
                    Guid? person,
                    string? kind,
                    Guid? @object,
                    DateTimeOffset? from,
                    DateTimeOffset? before,
                    long? beforeSeq,
                    int? limit,
                    AuditRows rows,
                    NpgsqlDataSource database,
                    CancellationToken cancel
                ) =>
                {
                    var asked = new AuditQuery(
                        person,
                        kind,
                        @object,
                        from?.ToUniversalTime(),
                        before?.ToUniversalTime(),
                        beforeSeq ?? 0,
                        Math.Clamp(limit ?? 100, 1, Most)
                    );
                    var found = await rows.Find(database, asked, cancel);
                    return Results.Ok(new Page<AuditLine>([.. found.Select(row => AuditLine.Of(rows.Schema, row))], null));
                }
            )
            .RequireAuthorization(policy => policy.RequireClaim("role", Roles.Admin))
            .ExcludeFromDescription();
}
