using Stages.Portal.Clients;
using Stages.Portal.Pages.Shared;

namespace Stages.Portal.Tests;

public sealed class StandingTests
{
    [Theory]
    [InlineData("submitted", "", "Enregistrée", "Enregistrée")]
    [InlineData("submitted", "waiting", "Sur liste d’attente", "Sur liste d’attente")]
    [InlineData("submitted", "declined", "Enregistrée", "Enregistrée")]
    [InlineData("submitted", "cancelled waiting", "Sur liste d’attente", "Sur liste d’attente")]
    [InlineData("submitted", "offered", "Place proposée : répondez", "Place proposée, sans réponse")]
    [InlineData("submitted", "confirmed offered waiting", "Place proposée : répondez", "Place proposée, sans réponse")]
    [InlineData("submitted", "confirmed waiting", "Place confirmée", "Place confirmée")]
    [InlineData("submitted", "offered-over", "Stage terminé", "Stage terminé")]
    [InlineData("submitted", "offered-over confirmed", "Place confirmée", "Place confirmée")]
    [InlineData("submitted", "confirmed-over offered", "Place proposée : répondez", "Place proposée, sans réponse")]
    [InlineData("withdrawn", "confirmed", "Retirée", "Retirée")]
    [InlineData("merged", "offered", "Réunie avec une autre", "Réunie avec une autre")]
    [InlineData("erased", "", "Effacée", "Effacée")]
    public void an_enrolment_stands_as_its_reader_needs_to_know(string status, string places, string toFamily, string toStaff)
    {
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("fr");
        var enrolment = Some.Enrolment([.. places.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Place)]) with
        {
            Status = status,
        };
        Standing.Of(enrolment, toFamily: true, Some.Now).Text.Plain().ShouldBe(toFamily);
        Standing.Of(enrolment, toFamily: false, Some.Now).Text.Plain().ShouldBe(toStaff);
    }

    private static PlacementView Place(string what)
    {
        var ends = what.EndsWith("-over", StringComparison.Ordinal) ? Some.Now : Some.Now.AddHours(1);
        return Some.Place(what.Split('-')[0], ends.AddHours(-2), ends);
    }
}
