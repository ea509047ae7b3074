using FluentValidation;
using Microsoft.AspNetCore.Builder;

namespace Stages.ServiceDefaults;

/// <summary>Runs a request's validator before its endpoint; failures answer 400 with <c>errors</c> by camelCase field path.</summary>
public static class Validation
{
    public static RouteHandlerBuilder Validated<TRequest>(this RouteHandlerBuilder endpoint)
        where TRequest : class =>
        endpoint
            .AddEndpointFilter(
                async (context, next) =>
                {
                    if (context.Arguments.OfType<TRequest>().FirstOrDefault() is not { } request)
                        return Problems.Validation(
                            new Dictionary<string, string[]>(StringComparer.Ordinal)
                            {
                                ["$"] = [Say.In("Le contenu est vide.", "The body is empty.")],
                            }
                        );
                    var validator = context.HttpContext.RequestServices.GetRequiredService<IValidator<TRequest>>();
                    var result = await validator.ValidateAsync(request, context.HttpContext.RequestAborted);
                    return result.IsValid ? await next(context) : Problems.Validation(ByField(result));
                }
            )
            .ProducesProblem(400)
            .ProducesProblem(413)
            .ProducesProblem(415);

    public static Dictionary<string, string[]> ByField(FluentValidation.Results.ValidationResult result) =>
        result
            .Errors.GroupBy(e => CamelCase(e.PropertyName), StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.Select(e => e.ErrorMessage).Distinct(StringComparer.Ordinal).ToArray(),
                StringComparer.Ordinal
            );

    /// <summary><c>Guardians[0].Email</c> → <c>guardians[0].email</c>, as the JSON of the request has it.</summary>
    public static string CamelCase(string path) =>
        string.Join('.', path.Split('.').Select(p => p.Length == 0 ? p : char.ToLowerInvariant(p[0]) + p[1..]));
}
