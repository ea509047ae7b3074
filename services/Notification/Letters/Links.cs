using Microsoft.Extensions.Configuration;

namespace Stages.Notifications.Letters;

/// <summary>Every address that a letter can name, under the Portal's public one (<c>Portal:PublicUrl</c>).</summary>
public sealed class Links
{
    private readonly string root;

    public Links(IConfiguration configuration)
        : this(configuration["Portal:PublicUrl"] ?? configuration["Services:Portal"] ?? "http://localhost:8080") { }

    public Links(string root) => this.root = root.TrimEnd('/');

    public string Home => root + "/";

    public string Enrolment(Guid id) => $"{root}/famille/inscriptions/{id}";

    public string Family => root + "/famille";

    public string FamilyTimetable => root + "/famille/calendrier";

    public string TeacherStages => root + "/enseignant/stages";

    public string Offer(Guid id) => $"{root}/enseignant/propositions/{id}";

    /// <summary>The door of a module: leads to the personal, one-use link when the class is open.</summary>
    public string Module(Guid id) => $"{root}/seance/{id}";

    public string Feed(string secret) => $"{root}/calendars/{secret}.ics";

    public string CoordinatedStage(Guid campaignId, Guid stageId) => $"{root}/coordination/{campaignId}/stages/{stageId}";
}
