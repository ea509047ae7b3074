using Stages.Classrooms.Classes;

namespace Stages.Classrooms.Rehearsals;

/// <summary>What a made-up pupil does next; each is done once.</summary>
/// <param name="Name">By which it is remembered.</param>
/// <param name="Ask">Null: comes to the door.</param>
public sealed record MockAct(string Name, Guid Enrolment, MomentAsk? Ask);

/// <summary>
/// Two pupils who do not exist, with whom a teacher tries the class out: they come when the teacher is there, one raises a hand, both
/// answer what is asked, one after the other as people do. Pure.
/// </summary>
public static class Rehearsal
{
    /// <summary>As names of persons they are said as they are in both languages.</summary>
    public static readonly string[] Names = ["Lucie", "Malo"];

    public static readonly TimeSpan Length = TimeSpan.FromHours(1);

    /// <param name="done">Names of what was done.</param>
    /// <param name="said">The line that was said last.</param>
    public static MockAct? Next(
        Guid module,
        IReadOnlyList<Guid> mocks,
        ClassSession? session,
        Desk? desk,
        ChatSaid? said,
        IReadOnlySet<string> done,
        DateTimeOffset now
    )
    {
        var teacher = session?.Seats.FirstOrDefault(s => s.Role == ParticipantRole.Teacher && s.Current is not null);
        if (session is null || teacher is null)
            return null;
        return mocks.Where(m => session.SeatOf(Of(module, m)) is not { Removed: true }).SelectMany(Wishes).FirstOrDefault(a => !Done(a));

        // Who was away is back under the same name: coming is remembered by the seat itself.
        bool Done(MockAct act) => act.Ask is not null && done.Contains(act.Name);

        IEnumerable<MockAct> Wishes(Guid mock)
        {
            var (who, number) = (Of(module, mock), mocks.ToList().IndexOf(mock));
            if (session.SeatOf(who) is not { Current: not null } seat)
            {
                yield return new("come", mock, null);
                yield break;
            }
            if (!session.Begun || !session.IsInside(seat))
                yield break;
            if (number == 0)
                yield return new("hand", mock, new RaiseHand(true));
            if (desk?.Poll is { Closed: false } poll)
                yield return new($"vote {poll.Id} {number}", mock, new Vote(poll.Id, number == 0 ? 0 : poll.Options.Length - 1));
            if (desk?.Floor == who)
                yield return new($"floor {number}", mock, Line("Oui, je vous entends bien."));
            if (said?.From == teacher.ParticipantId && AnswersTo(said, who, number))
                yield return new(
                    $"answer {said.Id}",
                    mock,
                    Line("D’accord !", said.To == ChatRules.All ? ChatRules.All : ChatRules.Teacher)
                );
        }

        // What is said to all the last of them answers, what is for one alone that one, and nobody else reads it.
        bool AnswersTo(ChatSaid line, Guid who, int number) => ChatRules.Named(line.To) is { } one ? one == who : number == mocks.Count - 1;

        SayLine Line(string text, string to = ChatRules.All) => new(Guid.CreateVersion7(now), text, to);
    }

    public static Guid Of(Guid module, Guid enrolment) => ClassSession.ParticipantIdOf(module, enrolment);

    /// <summary>To the door as a pupil comes: waiting until the teacher lets in.</summary>
    /// <param name="hash">Of a secret that nobody has: the seat opens to no browser.</param>
    public static Decision Come(ClassSession? session, Guid module, Guid mock, string hash, DateTimeOffset now)
    {
        var who = Of(module, mock);
        if (session is null || session.SeatOf(who) is { Current: not null } or { Removed: true })
            return Decision.Nothing;
        var arrived = new ParticipantArrived(who, Guid.CreateVersion7(now), Guid.Empty, now);
        return session.SeatOf(who) is not null
            ? Decision.Of(arrived)
            : Decision.Of(
                new TicketIssued(hash, who, ParticipantRole.Pupil, mock, mock, now + JoinClass.TicketLife, now),
                new SeatTaken(hash, who, hash, now),
                arrived
            );
    }
}
