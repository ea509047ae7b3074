using Stages.Contracts.Classroom;
using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;

namespace Stages.Contracts;

/// <summary>
/// Who reads what: the whole topology on one page. A publisher binds the queues of all its readers before its first message,
/// so that nothing is lost while a reader has not started for the first time.
/// </summary>
public static class Topology
{
    public const string Enrolment = "enrolment";
    public const string Scheduling = "scheduling";
    public const string Notification = "notification";
    public const string Classroom = "classroom";

    /// <summary>Queue (one for each reading service) to the messages that it reads.</summary>
    public static readonly IReadOnlyDictionary<string, Type[]> Readers = new Dictionary<string, Type[]>(StringComparer.Ordinal)
    {
        [Enrolment] =
        [
            typeof(CampaignOpened),
            typeof(CampaignChanged),
            typeof(StagePublished),
            typeof(StageChanged),
            typeof(StageCancelled),
            typeof(WishesLeftWaiting),
            typeof(AttendanceRecorded),
        ],
        [Scheduling] =
        [
            typeof(EnrolmentSubmitted),
            typeof(EnrolmentChanged),
            typeof(EnrolmentWithdrawn),
            typeof(PlacementConfirmed),
            typeof(PlacementDeclined),
            typeof(EnrolmentErased),
        ],
        [Notification] =
        [
            typeof(CampaignOpened),
            typeof(CampaignChanged),
            typeof(EnrolmentAcknowledged),
            typeof(EnrolmentErased),
            typeof(PlacementConfirmed),
            typeof(OfferDeclared),
            typeof(OfferWithdrawn),
            typeof(OfferForgotten),
            typeof(TeacherAnswered),
            typeof(TeachersWaiting),
            typeof(SubstituteInvited),
            typeof(StagePublished),
            typeof(StageChanged),
            typeof(StageCancelled),
            typeof(WishesLeftWaiting),
            typeof(PupilMissing),
            typeof(TeacherMissing),
            typeof(PersonReported),
            typeof(CheckFailed),
            typeof(GuardianObjected),
        ],
        [Classroom] =
        [
            typeof(CampaignOpened),
            typeof(CampaignChanged),
            typeof(EnrolmentFamily),
            typeof(StagePublished),
            typeof(StageChanged),
            typeof(StageCancelled),
        ],
    };

    /// <summary>The queues that read a message, for the publisher that binds them.</summary>
    public static IEnumerable<string> ReadersOf(Type message) => Readers.Where(r => r.Value.Contains(message)).Select(r => r.Key);
}
