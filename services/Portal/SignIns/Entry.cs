using Microsoft.AspNetCore.Components;

namespace Stages.Portal.SignIns;

/// <summary>The step over the threshold: session cookie, then the page one came for.</summary>
public static class Entry
{
    public static string HomeOf(string role) =>
        role switch
        {
            Roles.Family => "/famille",
            Roles.Teacher => "/enseignant",
            _ => "/coordination",
        };

    /// <param name="caller">Null when the address is proven but holds no role of the académie.</param>
    public static async Task Enter(HttpContext http, NavigationManager navigation, Caller? caller, SignInTicket ticket)
    {
        if (caller is null)
        {
            Flash.Set(
                http,
                Say.In(
                    "Votre adresse est confirmée, mais aucun rôle de coordination ne lui est attribué. "
                        + "L’académie peut le faire ; en attendant, vous pouvez entrer comme famille ou enseignant.",
                    "Your address is confirmed, but no coordination role is given to it. "
                        + "The académie can do so; meanwhile you can enter as a family or a teacher."
                )
            );
            navigation.NavigateTo("/connexion");
            return;
        }
        await Sessions.SignIn(http, caller, ticket.Remember, ticket.IsPhone ? ticket.Address : null);
        var home = HomeOf(caller.Role);
        var wanted = Paths.Local(ticket.Return, home);
        navigation.NavigateTo(
            wanted.StartsWith(home, StringComparison.Ordinal)
            || wanted.StartsWith("/administration", StringComparison.Ordinal)
            || wanted.StartsWith("/classroom", StringComparison.Ordinal)
                ? wanted
                : home
        );
    }
}
