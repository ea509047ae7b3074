namespace Stages.Pairing.Search;

/// <summary>What was done to a plan since <see cref="Start"/>, so that a step that did not pay is taken back.</summary>
internal sealed class Journal
{
    private enum Kind : byte
    {
        Open,
        Close,
        Seat,
        Unseat,
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Entry(Kind Kind, int Wish, int Stage, int Combo, ulong Modules);

    private Entry[] entries = new Entry[256];
    private int count;

    public int Mark => count;

    public void Start() => count = 0;

    public void Opened(int stage) => Add(new Entry(Kind.Open, -1, stage, 0, 0));

    public void Closed(int stage, int combo, ulong modules) => Add(new Entry(Kind.Close, -1, stage, combo, modules));

    public void Seated(int wish, int stage) => Add(new Entry(Kind.Seat, wish, stage, 0, 0));

    public void Unseated(int wish, int stage) => Add(new Entry(Kind.Unseat, wish, stage, 0, 0));

    public void Undo(Plan plan, int mark = 0)
    {
        while (count > mark)
        {
            var entry = entries[--count];
            switch (entry.Kind)
            {
                case Kind.Open:
                    plan.Close(entry.Stage, null);
                    break;
                case Kind.Close:
                    plan.Open(entry.Stage, entry.Combo, entry.Modules, null);
                    break;
                case Kind.Seat:
                    plan.Unseat(entry.Wish, null);
                    break;
                default:
                    plan.Seat(entry.Wish, entry.Stage, null);
                    break;
            }
        }
    }

    private void Add(Entry entry)
    {
        if (count == entries.Length)
            Array.Resize(ref entries, count * 2);
        entries[count++] = entry;
    }
}
