namespace Stages.Scheduling.Candidates;

/// <summary>
/// Who comes before whom on a waiting list, told to families in these words: first the pupils whom their school identified
/// (priority), then those for whom the subject is the first wish, then as the lot has it (<see cref="Lottery"/>).
/// </summary>
public static class Ranking
{
    public static IEnumerable<Candidate> Order(IEnumerable<Candidate> candidates, string subject) =>
        candidates
            .OrderByDescending(c => c.Priority)
            .ThenBy(c => c.Wishes.FirstOrDefault(w => w.Subject == subject)?.Rank ?? int.MaxValue)
            .ThenBy(c => c.Turn)
            .ThenBy(c => c.Id);
}
