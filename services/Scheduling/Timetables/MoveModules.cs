namespace Stages.Scheduling.Timetables;

/// <summary>The stage has these modules, in the week in which it lies.</summary>
public sealed record MoveModules(IReadOnlyList<ModuleForm> Modules) : StageChange
{
    public override Move On(Move move, Surroundings around, DateTimeOffset now)
    {
        var wanted = Modules
            .Select(m => (Form: m, Slot: Grid.Number(around.Plan, move.After.Week, m.Date!.Value, m.Start!.Value)))
            .ToArray();
        return move with
        {
            After = move.After with
            {
                Modules = Recognised(move.Before, [.. wanted.Where(w => w.Slot is not null).Select(w => (w.Form.Id, w.Slot!.Value))], now),
            },
            NoSlots = [.. wanted.Where(w => w.Slot is null).Select(w => new NoSlot(w.Form.Date!.Value, w.Form.Start!.Value))],
        };
    }

    /// <summary>
    /// What is moved after publication counts on, so that calendars follow: a module, or all of them with the week or the teacher.
    /// </summary>
    public static IReadOnlyList<Module> Counted(Stage before, Stage after)
    {
        if (!before.WasPublished)
            return after.Modules;
        var all = after.OfferId != before.OfferId || after.Week != before.Week;
        return
        [
            .. after.Modules.Select(m =>
                before.Modules.FirstOrDefault(o => o.Id == m.Id) is { } old && (all || old.Slot != m.Slot)
                    ? m with
                    {
                        Sequence = old.Sequence + 1,
                    }
                    : m
            ),
        ];
    }

    /// <summary>A module keeps its id, by which calendars know it: the one that is named, the one at that slot, any that is left.</summary>
    private static Module[] Recognised(Stage stage, (Guid? Id, int Slot)[] wanted, DateTimeOffset now)
    {
        var left = stage.Modules.ToList();
        var result = new Module?[wanted.Length];
        Take((slot, old) => slot.Id == old.Id);
        Take((slot, old) => slot.Id is null && slot.Slot == old.Slot);
        Take((slot, _) => slot.Id is null);
        for (var i = 0; i < wanted.Length; i++)
            result[i] ??= new Module(TimetableIds.Derived(now, $"{stage.Id}/{stage.Version}/{i}"), wanted[i].Slot, 0);
        return [.. result.OfType<Module>()];

        void Take(Func<(Guid? Id, int Slot), Module, bool> fits)
        {
            for (var i = 0; i < wanted.Length; i++)
            {
                if (result[i] is not null || left.Find(m => fits(wanted[i], m)) is not { } old)
                    continue;
                left.Remove(old);
                result[i] = old with { Slot = wanted[i].Slot };
            }
        }
    }
}
