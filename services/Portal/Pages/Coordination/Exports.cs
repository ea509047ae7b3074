using System.Text;
using Stages.Portal.Clients;
using Stages.ServiceDefaults;

namespace Stages.Portal.Pages.Coordination;

/// <summary>Lists to take away as CSV, as a French spreadsheet opens it: semicolons, UTF-8 with its mark.</summary>
public static class Exports
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/coordination/{campaign:guid}/inscriptions.csv", async (Guid campaign, EnrolmentClient enrolment, HttpContext http, CancellationToken cancel) =>
        {
            await using var writer = Begin(http, "inscriptions.csv");
            await Line(writer, "inscription", "nom", "prénom", "niveau", "UAI", "vœux", "semaines", "ordinateur", "connexion", "état", "responsable", "courriel", "téléphone");
            await foreach (var e in Clients.Pages.All(after => enrolment.Of(campaign, $"?limit=1000{after}", cancel)))
            {
                var g = e.Guardians.Count > 0 ? e.Guardians[0] : null;
                await Line(writer, e.Id.ToString(), e.Pupil.LastName, e.Pupil.FirstName, e.Pupil.Level, e.Pupil.SchoolUai, string.Join(' ', e.Wishes.OrderBy(w => w.Rank).Select(w => w.Subject)),
                    string.Join(' ', e.Weeks.Select(w => w.Label)), e.Equipment.Computer ? "oui" : "", e.Equipment.Connection ? "oui" : "", e.Status, g?.Name, g?.Email, g?.Phone);
            }
        }).For(Roles.Coordinator).ExcludeFromDescription();

        app.MapGet("/coordination/{campaign:guid}/propositions.csv", async (Guid campaign, SchedulingClient scheduling, HttpContext http, CancellationToken cancel) =>
        {
            await using var writer = Begin(http, "propositions.csv");
            await Line(writer, "proposition", "enseignant", "courriel", "téléphone", "UAI", "enseigne", "créneaux", "stages par semaine", "état");
            await foreach (var o in Clients.Pages.All(after => scheduling.Offers(campaign, $"?limit=500{after}", cancel)))
                await Line(writer, o.Id.ToString(), o.Teacher?.Name, o.Teacher?.Email, o.Teacher?.Phone, o.Teacher?.SchoolUai, string.Join(", ", o.Teaches.Select(t => $"{t.Subject} {string.Join('/', t.Levels)}")),
                    string.Join(' ', o.Slots.SelectMany(w => w.Value.Select(s => $"{w.Key}:{s.Slot}{(s.Preference == "preferred" ? "*" : "")}"))), o.Limits.StagesPerWeek.ToString(System.Globalization.CultureInfo.InvariantCulture), o.Status);
        }).For(Roles.Coordinator).ExcludeFromDescription();
    }

    private static StreamWriter Begin(HttpContext http, string name)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        http.Response.Headers.CacheControl = "no-store";
        return new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
    }

    private static Task Line(StreamWriter writer, params string?[] cells) => writer.WriteAsync(string.Join(';', cells.Select(Cell)) + "\r\n");

    /// <summary>Quoted; a cell that a spreadsheet would take for a formula gets an apostrophe in front.</summary>
    public static string Cell(string? text)
    {
        var value = text ?? "";
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r') value = "'" + value;
        return '"' + value.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}
