using Stages.Classrooms.Rehearsals;

namespace Stages.Classrooms.Classes;

/// <summary>In a class of rehearsal two pupils who do not exist do one thing at a time.</summary>
public sealed partial class ClassGrain
{
    private readonly HashSet<string> mocked = new(StringComparer.Ordinal);

    private async Task Rehearse()
    {
        if (
            timetable.Mocks is not { Length: > 0 } mocks
            || Rehearsal.Next(Module, mocks, session, desk, chat.LastOrDefault(), mocked, clock.GetUtcNow()) is not { } act
        )
            return;
        mocked.Add(act.Name);
        if (act.Ask is { } ask)
            Now(new Actor(Rehearsal.Of(Module, act.Enrolment), ParticipantRole.Pupil), ask);
        else
        {
            var hash = Secrets.Hash(Secrets.New());
            await Decide(Time, (s, at) => Came(Rehearsal.Come(s, Module, act.Enrolment, hash, at.Now)), aboutRecording: false, null);
        }
    }

    private static Decision<object> Came(Decision decision) => decision;
}
