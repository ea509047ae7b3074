using Microsoft.AspNetCore.Mvc;

namespace Stages.ServiceDefaults;

/// <summary>Problem details with the number under which the log has them.</summary>
public sealed class ProblemAnswer(ProblemDetails problem, Exception? error = null) : IResult, IStatusCodeHttpResult, IValueHttpResult
{
    public int? StatusCode => problem.Status;

    public object Value => problem;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var code = problem.Extensions.TryGetValue("code", out var known) ? known as string : null;
        problem.Extensions["reference"] = Reference.Note(httpContext, problem.Status ?? 500, code ?? "error", error);
        return Results.Problem(problem).ExecuteAsync(httpContext);
    }
}
