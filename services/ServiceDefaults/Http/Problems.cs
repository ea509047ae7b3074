using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Stages.ServiceDefaults;

/// <summary>
/// The one place that turns a refusal, a malformed request or a fault into RFC 9457 problem details in the caller's language.
/// </summary>
public static partial class Problems
{
    public static IResult AsProblem(this Refusal refusal) => new ProblemAnswer(Describe(refusal));

    public static ProblemDetails Describe(Refusal refusal)
    {
        var problem = New((int)refusal.Kind, refusal.Code, refusal.Text);
        if (refusal.Errors is { } errors)
            problem.Extensions["errors"] = errors;
        foreach (var (name, value) in refusal.Details ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            problem.Extensions[name] = value;
        return problem;
    }

    public static ProblemDetails New(int status, string code, string detail) =>
        new()
        {
            Type = $"urn:stages:problem:{code}",
            Title = TitleOf(status),
            Status = status,
            Detail = detail,
            Extensions = { ["code"] = code },
        };

    public static IResult Validation(IReadOnlyDictionary<string, string[]> errors)
    {
        var problem = New(400, "validation", Say.In("Certaines réponses sont à corriger.", "Some answers need correcting."));
        problem.Extensions["errors"] = errors;
        return new ProblemAnswer(problem);
    }

    /// <summary>Answers what ASP.NET Core alone would leave without a body: 400, 401, 403, 404, 405, 413, 415, 429.</summary>
    public static Task WriteStatus(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var (code, detail) = status switch
        {
            400 => ("malformed", MalformedText),
            401 => ("unauthenticated", Say.In("Connectez-vous pour continuer.", "Sign in to continue.")),
            403 => ("forbidden", new NotAllowed().Text),
            404 => ("not-found", new NotFound().Text),
            405 => (
                "method-not-allowed",
                Say.In("Cette adresse n’accepte pas cette méthode.", "This address does not accept this method.")
            ),
            413 => ("too-large", TooLarge),
            415 => (
                "unsupported-media-type",
                Say.In("Le contenu doit être en JSON (application/json).", "The body must be JSON (application/json).")
            ),
            429 => (
                "too-many-requests",
                Say.In("Trop de demandes à la fois : réessayez dans un instant.", "Too many requests at once: try again in a moment.")
            ),
            502 or 503 or 504 => (
                "unavailable",
                Say.In(
                    "Le service redémarre : réessayez dans un instant. Ce que vous avez saisi n’est pas perdu.",
                    "The service is restarting: try again in a moment. What you typed is not lost."
                )
            ),
            _ => ("error", TitleOf(status)),
        };
        return new ProblemAnswer(New(status, code, detail)).ExecuteAsync(http);
    }

    /// <summary>Answers who came by http to an address that is https.</summary>
    public static Task WriteInClear(HttpContext http, PublicAddress address) =>
        new ProblemAnswer(
            New(
                403,
                "https-only",
                Say.In(
                    $"Cette adresse est {address.Root}, en https. Changez le jeton que vous avez envoyé en clair.",
                    $"This address is {address.Root}, by https. Replace the token that you sent in clear."
                )
            )
        ).ExecuteAsync(http);

    /// <summary>Answers an exception: a malformed request with its place, anything else as 500 or 503 without its inside.</summary>
    public static Task WriteException(HttpContext http)
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var problem = error switch
        {
            BadHttpRequestException { StatusCode: 413 } => New(413, "too-large", TooLarge),
            // Of the request alone: JSON that we kept ourselves and cannot read is our fault, and nobody's to correct.
            BadHttpRequestException { InnerException: JsonException json } => Malformed(json),
            BadHttpRequestException { StatusCode: 415 } => New(
                415,
                "unsupported-media-type",
                Say.In("Le contenu doit être en JSON (application/json).", "The body must be JSON (application/json).")
            ),
            BadHttpRequestException => New(400, "malformed", MalformedText),
            ForeignServerFault foreign => New(foreign.IsAway ? 503 : 502, ForeignServerFault.Code, foreign.Text),
            not null when IsUnavailable(error) => New(
                503,
                "unavailable",
                Say.In("La base de données redémarre : réessayez dans un instant.", "The database is restarting: try again in a moment.")
            ),
            not null when Journal.IsRace(error) => New(
                503,
                "busy",
                Say.In("Trop de personnes à la fois : réessayez dans un instant.", "Too many people at once: try again in a moment.")
            ),
            _ => New(
                500,
                "fault",
                Say.In(
                    "Une erreur s’est produite de notre côté. Elle est enregistrée.",
                    "Something went wrong on our side. It has been recorded."
                )
            ),
        };
        if (problem.Status is 502 or 503)
            http.Response.Headers.RetryAfter = "2";
        return new ProblemAnswer(problem, error).ExecuteAsync(http);
    }

    /// <summary>True when the fault is a server of ours that is away and will be back, so that the same request may be repeated.</summary>
    public static bool IsUnavailable(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            if (e is Npgsql.PostgresException postgres)
                return postgres.IsTransient || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal);
            if (
                e
                is Npgsql.NpgsqlException
                    or TimeoutException
                    or System.Net.Sockets.SocketException
                    or HttpRequestException
                    or EndOfStreamException
            )
                return true;
        }
        return false;
    }

    private static string MalformedText => Say.In("La demande est mal formée.", "The request is malformed.");

    private static string TooLarge =>
        Say.In("Le contenu dépasse la taille permise (256 Kio).", "The body exceeds the size allowed (256 KiB).");

    private static ProblemDetails Malformed(JsonException json)
    {
        if (Missing(json) is { Count: > 0 } missing)
        {
            var incomplete = New(400, "validation", Say.In("Des réponses manquent.", "Some answers are missing."));
            incomplete.Extensions["errors"] = missing;
            return incomplete;
        }
        var problem = New(
            400,
            "malformed-json",
            Say.In("Le contenu JSON est mal formé ou contient un champ inconnu.", "The JSON body is malformed or has an unknown field.")
        );
        var path =
            json.Path is null or "$" ? "$"
            : json.Path.StartsWith("$.", StringComparison.Ordinal) ? json.Path[2..]
            : json.Path;
        var line = (json.LineNumber ?? 0) + 1;
        problem.Extensions["errors"] = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [path] =
            [
                Say.In(
                    $"Illisible à la ligne {line}, octet {json.BytePositionInLine}.",
                    $"Cannot be read at line {line}, byte {json.BytePositionInLine}."
                ),
            ],
        };
        return problem;
    }

    /// <summary>The serializer names the members that a body lacks only in its message, between quotes.</summary>
    private static Dictionary<string, string[]> Missing(JsonException json)
    {
        var at = json.Message.IndexOf("missing required properties", StringComparison.Ordinal);
        if (at < 0)
            return [];
        var inside = json.Path is null or "$" ? "" : json.Path[2..] + ".";
        return MemberName()
            .Matches(json.Message[at..])
            .Select(m => inside + m.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, _ => new[] { Say.In("À renseigner.", "Needs an answer.") }, StringComparer.Ordinal);
    }

    [GeneratedRegex("'(?<name>[A-Za-z0-9_]+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex MemberName();

    private static string TitleOf(int status) =>
        status switch
        {
            400 => Say.In("Demande à corriger", "Request to correct"),
            401 => Say.In("Connexion nécessaire", "Sign-in needed"),
            403 => Say.In("Action non permise", "Not allowed"),
            404 => Say.In("Introuvable", "Not found"),
            405 => Say.In("Méthode non permise", "Method not allowed"),
            409 => Say.In("Impossible en l’état", "Not possible now"),
            412 => Say.In("Modifié entre-temps", "Changed meanwhile"),
            413 => Say.In("Contenu trop grand", "Body too large"),
            415 => Say.In("Type de contenu non pris en charge", "Unsupported media type"),
            422 => Say.In("Contraire à une règle", "Against a rule"),
            429 => Say.In("Trop de demandes", "Too many requests"),
            502 => Say.In("Un autre serveur a échoué", "Another server failed"),
            503 => Say.In("Indisponible un instant", "Unavailable for a moment"),
            _ => Say.In("Erreur", "Error"),
        };
}
