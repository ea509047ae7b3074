namespace Stages.Notifications.Timetables;

/// <summary>
/// What one change of a stage means to one family member: one message, whichever of their children come, leave and stay. Its invitations
/// make their calendar what the feed shows.
/// </summary>
public sealed record Membership(KnownStage? Before, KnownStage After, StageNews News, StageFacts Facts)
{
    /// <param name="member">With those of their children whom the change concerns.</param>
    /// <param name="attending">All of their children who attend now.</param>
    public Notice Tell(FamilyMember member, IReadOnlyList<PupilLine> attending, IReadOnlyDictionary<Guid, string> feeds)
    {
        var came = Those(member, News.Placed);
        var left = Those(member, News.Left);
        var feed = feeds.GetValueOrDefault(member.To.PersonId);
        var until = Facts.Until(After.AnswerBefore(attending.Select(p => p.EnrolmentId)));
        if (Those(member, News.Stayed).Count > 0 || (came.Count > 0 && left.Count > 0))
            return new StageChangedNotice(attending, Facts, Before!.Modules, News.OtherTeacher, null, came, left, until);
        if (came.Count > 0)
            return new PlaceNotice(came, Facts, feed, attending, until);
        var why = left.Select(p => News.Gone.GetValueOrDefault(p.EnrolmentId)).FirstOrDefault();
        return new StageOverNotice("left", left, Facts, null, why, attending, until);
    }

    private static IReadOnlyList<PupilLine> Those(FamilyMember member, IReadOnlyList<Guid> enrolments) =>
        [.. member.Pupils.Where(p => enrolments.Contains(p.EnrolmentId))];
}
