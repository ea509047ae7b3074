namespace Stages.Pairing.Search;

/// <summary>A plan as it was at its best, to come back to.</summary>
internal sealed class Snapshot
{
    private readonly ulong[] modules;
    private readonly int[] comboOf,
        size,
        seats;

    public Snapshot(Plan plan)
    {
        modules = [.. plan.Modules];
        comboOf = [.. plan.ComboOf];
        size = [.. plan.Size];
        seats = [.. plan.Seats];
    }

    public void Restore(Plan plan)
    {
        for (var s = 0; s < modules.Length; s++)
        {
            if (plan.Modules[s] != 0)
                plan.Dissolve(s, null);
        }

        for (var s = 0; s < modules.Length; s++)
        {
            if (modules[s] == 0)
                continue;
            plan.Open(s, comboOf[s], modules[s], null);
            for (var i = 0; i < size[s]; i++)
                plan.Seat(seats[plan.SeatBase[s] + i], s, null);
        }
    }
}
