namespace Stages.ServiceDefaults;

/// <summary>
/// With which roles a service comes to its database: its own, which reads and writes its schemas and no others, and, only while their
/// shape is changed, their owner's (<c>infra/decisions/database-roles.md</c>).
/// </summary>
/// <param name="Own">For everything but changes of schema.</param>
/// <param name="Owner">The same string where one role does both.</param>
/// <param name="ChangedElsewhere">This process leaves the schema alone: another one, started with <c>--migrate</c>, has changed it.</param>
public sealed record DatabaseAccess(string Own, string Owner, bool ChangedElsewhere)
{
    /// <summary>Two roles: the service's has to be given its rights, and can change no schema.</summary>
    public bool IsSeparate => ChangedElsewhere || RoleOf(Own) != RoleOf(Owner);

    public string Role => RoleOf(Own);

    /// <param name="service">As <c>ConnectionStrings:Enrolment</c> names it, which counts before <c>ConnectionStrings:Postgres</c>.</param>
    public static DatabaseAccess Read(IConfiguration configuration, string service)
    {
        var own =
            configuration.GetConnectionString(service)
            ?? configuration.GetConnectionString("Postgres")
            ?? throw new InvalidOperationException("ConnectionStrings:Postgres is not configured.");
        return new DatabaseAccess(
            own,
            configuration.GetConnectionString("PostgresOwner") ?? own,
            configuration.GetValue<bool>("Database:ChangedElsewhere")
        );
    }

    private static string RoleOf(string connection) => new NpgsqlConnectionStringBuilder(connection).Username ?? "";
}
