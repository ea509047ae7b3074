using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Stages.Portal.Pages.Everyone;

namespace Stages.Portal.Pages;

/// <summary>
/// What people see when a page cannot be shown: what happened, that nothing is lost, where to go, and what to tell the helpdesk.
/// </summary>
public static class ErrorPages
{
    public static Task WriteException(HttpContext http)
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        http.Response.StatusCode = error switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            InvalidDataException => 400,
            ServiceAway away => away.Status,
            not null when Problems.IsUnavailable(error) => 503,
            _ => 500,
        };
        if (http.Response.StatusCode == 503)
            http.Response.Headers.RetryAfter = "5";
        return Write(http, error);
    }

    public static Task WriteStatus(HttpContext http) => Write(http, null);

    private static async Task Write(HttpContext http, Exception? error)
    {
        var status = http.Response.StatusCode;
        var (title, text) = Words(status);
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ErrorPage.Heading)] = title,
            [nameof(ErrorPage.Text)] = text,
            [nameof(ErrorPage.Number)] = Reference.Note(http, status, "page", error),
            [nameof(ErrorPage.Again)] = status is 409 or 410 or 503 or 408 && IsPage(http) ? http.Request.Path.Value : null,
            [nameof(ErrorPage.Http)] = http,
        };
        // What the page that failed has begun with is its own, header and scope: another page would find them taken.
        http.Response.Headers.Remove("blazor-enhanced-nav");
        var own = http.RequestServices;
        await using var scope = own.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await new RazorComponentResult<ErrorPage>(parameters) { StatusCode = status }.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = own;
        }
    }

    /// <summary>Whether the same address can be opened again.</summary>
    private static bool IsPage(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    private static (string Title, string Text) Words(int status) =>
        status switch
        {
            400 or 408 or 415 => (
                Say.In("Cette demande n’est pas lisible", "This request cannot be read"),
                Say.In(
                    "L’adresse ou le formulaire est arrivé incomplet. Revenez en arrière et recommencez, ou repartez de l’accueil.",
                    "The address or the form arrived incomplete. Go back and try again, or start from the home page."
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
                    "L’adresse a peut-être été coupée dans un message, ou ce qu’elle montrait n’est plus là. Repartez de l’accueil.",
                    "The address may have been cut in a message, or what it showed is gone. Start again from the home page."
                )
            ),
            409 => (
                Say.In("Cette page a changé entre-temps", "This page has changed meanwhile"),
                Say.In(
                    "Ce que vous demandez est peut-être déjà fait, ou n’est plus possible. Ouvrez-la à nouveau pour voir où vous en êtes.",
                    "What you ask for may be done already, or is no longer possible. Open it again to see where things stand."
                )
            ),
            410 => (
                Say.In("Cette page est restée ouverte trop longtemps", "This page was open for too long"),
                Say.In(
                    "Rien n’a été envoyé, et ce qui était enregistré l’est toujours. Ouvrez-la à nouveau et recommencez.",
                    "Nothing was sent, and what was saved still is. Open it again and try once more."
                )
            ),
            413 => (
                Say.In("C’est trop long", "That is too long"),
                Say.In("Le contenu envoyé dépasse la taille permise.", "What was sent exceeds the size allowed.")
            ),
            429 => (
                Say.In("Trop de demandes à la fois", "Too many requests at once"),
                Say.In("Fermez d’autres onglets, puis réessayez dans un instant.", "Close other tabs, then try again in a moment.")
            ),
            502 or 503 or 504 => (
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
}
