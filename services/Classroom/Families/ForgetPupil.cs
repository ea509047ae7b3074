using Stages.Classrooms.Classes;
using Stages.Classrooms.Handed;
using Stages.Classrooms.Reports;

namespace Stages.Classrooms.Families;

/// <summary>
/// After an erasure nothing that was written about the pupil is left, nor what the pupil said in class: reasons for which they were sent
/// out, notes on their presence, their chat lines, what they drew and wrote on slate and board, the work that they handed in. That
/// somebody was there stays, under ids that name nobody. Words that all wrote together (the shared notes) cannot be told apart; they end
/// thirty days after the class.
/// </summary>
public static class ForgetPupil
{
    public static void AddMasking(StoreOptions options)
    {
        Rule<ParticipantRemoved>(e => e with { Reason = "" });
        Rule<AttendanceCorrected>(e => e with { Note = null });
        Rule<RoomReserved>(e => e with { Stage = e.Stage.WithoutTeacher() });
        Rule<RoomChanged>(e => e with { Stage = e.Stage.WithoutTeacher() });

        void Rule<TEvent>(Func<TEvent, TEvent> masked)
            where TEvent : notnull => options.Events.AddMaskingRuleForProtectedInformation(masked);
    }

    public static Decision Decide(Guid enrolment, IEnumerable<ClassSession> attended, DateTimeOffset now) =>
        Decision.All(
            attended.Select(session =>
            {
                var participant = ClassSession.ParticipantIdOf(session.Id, enrolment);
                Guid[] about = [enrolment, participant];
                return Decision
                    .Of(new PupilForgotten(enrolment, participant, now))
                    .At(session.Id)
                    .AndStore(new MaskingOwed(session.Id, long.MaxValue, now, About: about))
                    .AndSql(HeldTable.ForgetWhatIsOf, participant, participant, participant, session.Id)
                    .AndSql(FileTable.DeleteWorkOf, session.Id, participant)
                    // A recording cannot be cut by person, it goes as a whole.
                    .AndSql(RecordingTable.Rows.DeleteOfModules, (object)new[] { session.Id });
            })
        );

    /// <summary>What they reported, and what was reported of them.</summary>
    public static Decision Reports(Guid enrolment) =>
        Decision
            .Nothing.AndDeleteWhere<ReportWords>(w => w.ByEnrolment == enrolment || w.AboutEnrolment == enrolment)
            .AndDelete<CheckTrouble>(enrolment);
}
