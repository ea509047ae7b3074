using MassTransit;
using Stages.Classrooms.Classes;
using Stages.Contracts.Enrolment;

namespace Stages.Classrooms.Families;

/// <summary>
/// Which accounts may bring a pupil to class, and the first name that the class calls the pupil by. A copy of what Enrolment
/// tells, kept out of our events so that an erasure there leaves nothing here.
/// </summary>
/// <param name="Initial">Of the family name; null where Enrolment has not said it.</param>
public sealed record PupilFamily(Guid Id, Guid CampaignId, long Version, string FirstName, Guid[] PersonIds, string? Initial = null)
{
    /// <summary>An older message that comes late changes nothing.</summary>
    public static Decision Keep(PupilFamily? known, EnrolmentFamily m) =>
        known?.Version >= m.Version
            ? Decision.Nothing
            : Decision.Nothing.AndStore(
                new PupilFamily(m.EnrolmentId, m.CampaignId, m.Version, m.PupilFirstName, [.. m.PersonIds], m.Initial)
            );

    /// <summary>
    /// What each of a group is called: the given name, with an initial where two have the same, and with a number where that tells nobody
    /// apart either. Whose name is not known yet has none.
    /// </summary>
    /// <param name="teacher">Who keeps the given name: a pupil of the same one has the initial, or comes second.</param>
    public static IReadOnlyDictionary<Guid, string> NamesOf(IEnumerable<PupilFamily> group, string teacher = "")
    {
        var all = group.OrderBy(f => f.Id).ToList();
        var byName = all.ToLookup(f => TextKey.Of(f.FirstName), StringComparer.Ordinal);
        var called = all.ToDictionary(f => f.Id, f => IsShared(f) ? WithInitial(f) : f.FirstName);
        var same = all.ToLookup(f => called[f.Id], f => f.Id, StringComparer.Ordinal);
        return all.ToDictionary(f => f.Id, f => Numbered(called[f.Id], [.. same[called[f.Id]]], f.Id));

        bool IsShared(PupilFamily f) => byName[TextKey.Of(f.FirstName)].Skip(1).Any() || IsTeachers(f.FirstName);

        bool IsTeachers(string name) => name.Length > 0 && string.Equals(TextKey.Of(name), TextKey.Of(teacher), StringComparison.Ordinal);

        static string WithInitial(PupilFamily f) => f.Initial is { Length: > 0 } initial ? $"{f.FirstName} {initial}." : f.FirstName;

        string Numbered(string name, Guid[] all, Guid one)
        {
            var before = IsTeachers(name) ? 1 : 0;
            return name.Length == 0 || before + all.Length == 1 ? name : $"{name} {before + Array.IndexOf(all, one) + 1}";
        }
    }
}

public sealed class EnrolmentFamilyConsumer(
    Journal journal,
    IDocumentStore store,
    AskClass classes,
    LogMasking masking,
    ForgetId forget,
    TimeProvider clock
) : IConsumer<EnrolmentFamily>
{
    public async Task Consume(ConsumeContext<EnrolmentFamily> context)
    {
        await journal.Consume(
            context,
            async (reading, m) =>
            {
                var kept = PupilFamily.Keep(await reading.Load<PupilFamily>(m.EnrolmentId), m);
                return m.Erased
                    ? kept.And(ForgetPupil.Decide(m.EnrolmentId, await Attended(reading.Documents, m, reading.Cancel), clock.GetUtcNow()))
                        .And(ForgetPupil.Reports(m.EnrolmentId))
                        .And(ForgetId.Owed(m.EnrolmentId, clock.GetUtcNow()))
                    : kept;
            }
        );
        if (!context.Message.Erased)
            return;
        await using var query = store.QuerySession();
        // What is held in memory too: said again with a message that comes again.
        foreach (var session in await Attended(query, context.Message, context.CancellationToken))
            await classes.Forget(session.Id, ClassSession.ParticipantIdOf(session.Id, context.Message.EnrolmentId));
        await masking.SettleAll(context.CancellationToken);
        await forget.Soon(context.Message.EnrolmentId, context.CancellationToken);
    }

    private static async Task<IReadOnlyList<ClassSession>> Attended(IQuerySession query, EnrolmentFamily m, CancellationToken cancel) =>
        await query
            .Query<ClassSession>()
            .Where(s => s.CampaignId == m.CampaignId)
            .Where(s => s.Seats.Any(x => x.EnrolmentId == m.EnrolmentId) || s.Corrections.Any(c => c.EnrolmentId == m.EnrolmentId))
            .ToListAsync(cancel);
}
