using System.Text.Json;
using System.Text.Json.Nodes;
using Yarp.ReverseProxy.Forwarder;

namespace Stages.Portal.Gateway;

/// <summary>Addresses under <c>/api/me</c> whose answer depends on the role, or is composed of several services.</summary>
public static class Me
{
    public static void MapMe(this WebApplication app)
    {
        app.MapGet(
                "/api/me",
                (Caller caller) =>
                    TypedResults.Ok(
                        new
                        {
                            caller.Id,
                            caller.Role,
                            caller.Email,
                            caller.Name,
                            caller.Territory,
                        }
                    )
            )
            .For(Roles.Family, Roles.Teacher, Roles.Coordinator);
        app.MapGet("/api/me/modules", Modules).For(Roles.Family, Roles.Teacher);
        app.MapGet(
                "/api/me/data",
                async (Caller caller, PersonalData data, CancellationToken cancel) => TypedResults.Json(await data.Export(caller, cancel))
            )
            .For(Roles.Family, Roles.Teacher, Roles.Coordinator);
        app.MapDelete("/api/me", Erase).For(Roles.Family, Roles.Teacher).WithMetadata(new FreshProofAttribute());
    }

    private static async Task Modules(
        HttpContext http,
        Caller caller,
        IHttpForwarder forwarder,
        IConfiguration configuration,
        Outward outward
    )
    {
        var service = caller.IsTeacher ? "Scheduling" : "Enrolment";
        await forwarder.SendAsync(
            http,
            Routes.BaseUrl(configuration, service),
            outward.Invoker,
            ForwarderRequestConfig.Empty,
            (context, request) =>
            {
                Forwarding.Identify(context, request, service);
                // A service answers to its own name alone, and its certificate has no other.
                request.Headers.Host = null;
                return ValueTask.CompletedTask;
            }
        );
        if (http.GetForwarderErrorFeature() is { } error)
            await Forwarding.Explain(http, error);
    }

    private static async Task<IResult> Erase(HttpContext http, Caller caller, PersonalData data, CancellationToken cancel)
    {
        var failed = await data.Erase(caller.Id, caller.Email, cancel);
        if (failed.Count > 0)
        {
            http.Response.Headers.RetryAfter = "5";
            return new ErasureIncomplete().AsProblem();
        }
        return TypedResults.NoContent();
    }
}

/// <summary>Erasing is repeated until every service has done it: it is safe to ask again.</summary>
public sealed record ErasureIncomplete()
    : Refusal(
        RefusalKind.Conflict,
        "erasure-incomplete",
        "Une partie de l’effacement n’a pas pu se faire tout de suite. Demandez-le à nouveau dans quelques minutes.",
        "Part of the erasure could not be done at once. Ask for it again in a few minutes."
    );

/// <summary>Connections to the services that no client library manages.</summary>
public sealed class Outward
{
    public HttpMessageInvoker Invoker { get; } =
        new(
            new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        );
}

/// <summary>What each service knows of a person, or of an enrolment, asked in the Portal's own name through <c>/internal</c>.</summary>
public sealed class PersonalData(
    Outward outward,
    IConfiguration configuration,
    TokenMint mint,
    SessionDesk sessions,
    OwnData own,
    LinkedAccounts linked,
    AccountNotes notes,
    TimeProvider clock,
    ILogger<PersonalData> logger
)
{
    public async Task<JsonObject> Export(Caller caller, CancellationToken cancel)
    {
        var parts = await Task.WhenAll(
            Routes.Services.Select(async service => (service, Data: await Ask(HttpMethod.Get, service, $"people/{caller.Id}", cancel)))
        );
        await notes.Done(AuditKinds.Export, "own data", AuditKey.Person(caller.Id));
        var whole = new JsonObject
        {
            ["person"] = caller.Id.ToString(),
            ["email"] = caller.Email,
            ["exportedAt"] = clock.GetUtcNow().ToString("O"),
        };
        foreach (var (service, (status, data)) in parts)
            whole[service.ToLowerInvariant()] =
                status == 404 ? null
                : data is null ? new JsonObject { ["unavailable"] = true }
                : JsonNode.Parse(data);
        whole["portal"] = await own.Export(caller, cancel);
        return whole;
    }

    /// <summary>
    /// Of a family without an account, for the coordinator whom it asked: Enrolment, asked as the coordinator, says whether and notes it;
    /// what the others hold of the enrolment stands beside.
    /// </summary>
    public async Task<JsonObject> ExportPaper(Guid enrolment, EnrolmentView allowed, CancellationToken cancel)
    {
        var others = Routes.Services.Where(s => s != "Enrolment").ToArray();
        var parts = await Task.WhenAll(others.Select(s => Ask(HttpMethod.Get, s, $"enrolments/{enrolment}", cancel)));
        var whole = new JsonObject
        {
            ["exportedAt"] = clock.GetUtcNow().ToString("O"),
            ["enrolment"] = JsonSerializer.SerializeToNode(allowed, ServiceClient.Json),
        };
        foreach (var (service, (_, data)) in others.Zip(parts))
            whole[service.ToLowerInvariant()] = data is null ? new JsonObject { ["unavailable"] = true } : JsonNode.Parse(data);
        return whole;
    }

    /// <returns>The services that have not done it.</returns>
    public async Task<IReadOnlyList<string>> Erase(Guid person, string? email, CancellationToken cancel)
    {
        var parts = await Task.WhenAll(
            Routes.Services.Select(async service => (service, Answer: await Ask(HttpMethod.Delete, service, $"people/{person}", cancel)))
        );
        await notes.Done(AuditKinds.Erasure, "own data", AuditKey.Person(person));
        string[] failed = [.. parts.Where(p => p.Answer.Status is not (404 or >= 200 and < 300)).Select(p => p.service)];
        // Last: whoever has to ask again is still somebody.
        if (failed.Length == 0)
        {
            await linked.Erase(person, cancel);
            await sessions.EndAll(person, cancel);
            await own.Erase(person, email, cancel);
        }
        return failed;
    }

    private async Task<(int Status, string? Data)> Ask(HttpMethod method, string service, string what, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        using var request = new HttpRequestMessage(method, $"{Routes.BaseUrl(configuration, service).TrimEnd('/')}/internal/{what}");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + mint.Service(service));
        try
        {
            using var response = await outward.Invoker.SendAsync(request, limit.Token);
            return (
                (int)response.StatusCode,
                response.IsSuccessStatusCode
                    ? await response.Content.ReadAsStringAsync(limit.Token) is { Length: > 0 } text
                        ? text
                        : "{}"
                    : null
            );
        }
        catch (Exception e)
            when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            logger.LogWarning(e, "{Service} did not answer about a person's data", service);
            return (503, null);
        }
    }
}
