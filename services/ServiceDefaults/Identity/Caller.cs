using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Stages.ServiceDefaults;

/// <summary>Names of the roles in tokens. An admin may do what a coordinator of the whole académie may.</summary>
public static class Roles
{
    public const string Family = "family";
    public const string Teacher = "teacher";
    public const string Coordinator = "coordinator";
    public const string Admin = "admin";

    /// <summary>Another service of ours (the Portal), never a person.</summary>
    public const string Service = "service";
}

/// <summary>Who is calling, as their token says. Bound from the request by parameter type.</summary>
/// <param name="Id">Account, see <see cref="PersonId"/>.</param>
/// <param name="Territory">A département (<c>034</c>), a school's UAI, or null for the whole académie. Only coordinators have one.</param>
/// <param name="Vouched">
/// The identity provider for staff through which they came in, as the Portal knows it: an académie's own sign-in says that they are its
/// staff. Null for everybody else, and for a link or code.
/// </param>
public sealed record Caller(Guid Id, string Role, string? Email, string? Name, string? Territory, string? Vouched = null)
{
    public bool IsFamily => Role == Roles.Family;

    public bool IsTeacher => Role == Roles.Teacher;

    public bool IsCoordinator => Role is Roles.Coordinator or Roles.Admin;

    /// <summary>True when the school lies in this coordinator's territory: a territory is a beginning of a UAI.</summary>
    public bool Covers(string? schoolUai) =>
        IsCoordinator && (Territory is null || (schoolUai ?? "").StartsWith(Territory, StringComparison.OrdinalIgnoreCase));

    public static ValueTask<Caller> BindAsync(HttpContext http) => ValueTask.FromResult(From(http.User));

    public static Caller From(ClaimsPrincipal user) =>
        new(
            Guid.TryParse(user.FindFirstValue("sub"), out var id) ? id : Guid.Empty,
            user.FindFirstValue("role") ?? "",
            user.FindFirstValue("email"),
            user.FindFirstValue("name"),
            user.FindFirstValue("territory"),
            user.FindFirstValue("vouched")
        );
}

public static class CallerExtensions
{
    /// <summary>
    /// Names who may call an endpoint. Every endpoint says this, <c>Signed</c>, or <c>AllowAnonymous</c>: the fallback policy
    /// refuses the rest.
    /// </summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, params string[] roles)
        where TBuilder : IEndpointConventionBuilder
    {
        var allowed = roles.Contains(Roles.Coordinator) ? [.. roles, Roles.Admin] : roles;
        return endpoint.RequireAuthorization(new AuthorizationPolicyBuilder().RequireClaim("role", allowed).Build());
    }

    /// <summary>As <c>For</c>, for what concerns everybody: coordinators whose territory is the whole académie.</summary>
    public static TBuilder ForWholeAcademie<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint
            .For(Roles.Coordinator)
            .RequireAuthorization(policy => policy.RequireAssertion(asked => Caller.From(asked.User).Territory is null));
}
