namespace Stages.Notifications.Letters;

/// <summary>Every address that a letter can name, under the Portal's public one (<c>Services:Portal</c>).</summary>
public sealed class Links
{
    private readonly string root;

    public Links(PublicAddress address) => root = address.Root;

    /// <param name="path">One of ours, from its slash on.</param>
    public string Under(string path) => root + path;

    public string Home => root + "/";

    public string Enrolment(Guid id) => $"{root}/famille/inscriptions/{id}";

    public string Family => root + "/famille";

    public string FamilyTimetable => root + "/famille/calendrier";

    public string TeacherStages => root + "/enseignant/stages";

    public string Offer(Guid id) => $"{root}/enseignant/propositions/{id}";

    /// <summary>The door of a module: leads to the personal, one-use link when the class is open.</summary>
    public string Module(Guid id) => $"{root}/seance/{id}";

    /// <summary>Where the reader of an address says whether it is theirs.</summary>
    public string Address(string code) => $"{root}/a/{code}";

    public string Feed(string secret) => $"{root}/calendars/{secret}.ics";

    public string TeachersToAccept(Guid campaignId) => $"{root}/coordination/{campaignId}/acceptation";

    public string LiveClasses(Guid campaignId) => $"{root}/coordination/{campaignId}/direct";

    public string PeopleToCall(Guid campaignId) => $"{root}/coordination/{campaignId}/messages";

    public string CoordinatedEnrolment(Guid campaignId, Guid id) => $"{root}/coordination/{campaignId}/inscriptions/{id}";

    public string CoordinatedStage(Guid campaignId, Guid stageId) => $"{root}/coordination/{campaignId}/stages/{stageId}";
}
