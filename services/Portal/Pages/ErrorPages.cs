using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Stages.Portal.Pages.Everyone;
using Stages.ServiceDefaults;

namespace Stages.Portal.Pages;

/// <summary>What people see when a page cannot be shown: what happened, that nothing is lost, and where to go.</summary>
public static class ErrorPages
{
    public static Task WriteException(HttpContext http)
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        http.Response.StatusCode = error switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            not null when Problems.IsUnavailable(error) => 503,
            _ => 500,
        };
        if (http.Response.StatusCode == 503)
            http.Response.Headers.RetryAfter = "5";
        return WriteStatus(http);
    }

    public static Task WriteStatus(HttpContext http)
    {
        if (HttpMethods.IsHead(http.Request.Method))
            return Task.CompletedTask;
        var (title, text) = http.Response.StatusCode switch
        {
            400 => (
                Say.In("Cette page est restée ouverte trop longtemps", "This page was open for too long"),
                Say.In(
                    "Revenez en arrière, rechargez la page et recommencez : ce qui était enregistré l’est toujours.",
                    "Go back, reload the page and try again: what was saved still is."
                )
            ),
            401 or 403 => (
                Say.In("Cette page n’est pas pour ce compte", "This page is not for this account"),
                Say.In(
                    "Vous êtes peut-être connecté avec un autre rôle. Déconnectez-vous, puis reconnectez-vous en choisissant le bon.",
                    "You may be signed in with another role. Sign out, then sign in again with the right one."
                )
            ),
            404 or 405 => (
                Say.In("Cette page n’existe pas", "There is no such page"),
                Say.In(
                    "L’adresse a peut-être été coupée dans un message. Repartez de l’accueil.",
                    "The address may have been cut in a message. Start again from the home page."
                )
            ),
            413 => (
                Say.In("C’est trop long", "That is too long"),
                Say.In("Le contenu envoyé dépasse 256 Kio.", "What was sent exceeds 256 KiB.")
            ),
            503 => (
                Say.In("Le service reprend dans un instant", "The service will be back in a moment"),
                Say.In(
                    "Beaucoup de monde, ou un redémarrage. Rien de ce que vous aviez "
                        + "enregistré n’est perdu. Rechargez la page dans quelques secondes.",
                    "Many people, or a restart. Nothing that you had saved is lost. Reload the page in a few seconds."
                )
            ),
            _ => (
                Say.In("Une erreur s’est produite de notre côté", "Something went wrong on our side"),
                Say.In(
                    "Elle est enregistrée et nous la regarderons. Ce que vous aviez enregistré n’est pas perdu.",
                    "It has been recorded and we will look at it. What you had saved is not lost."
                )
            ),
        };
        return new RazorComponentResult<ErrorPage>(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["Heading"] = title,
                ["Text"] = text,
                ["Http"] = http,
            }
        )
        {
            StatusCode = http.Response.StatusCode,
        }.ExecuteAsync(http);
    }
}
