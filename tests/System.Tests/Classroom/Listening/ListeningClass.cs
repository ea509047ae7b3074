using System.Globalization;
using Stages.Testing;

namespace Stages.SystemTests.Classroom.Listening;

/// <summary>Somebody in class: a tab of theirs, and what their loudspeaker gives.</summary>
internal sealed record Listener(string Name, int Tone, IPersonsBrowser Browser, Loudspeaker Ears);

/// <summary>A class whose people are really heard: each in a browser, with a voice and a loudspeaker of their own.</summary>
internal sealed class ListeningClass : IAsyncDisposable
{
    /// <summary>Their harmonics and sums fall on none of the others.</summary>
    private static readonly int[] Tones = [700, 1000, 1570];

    private readonly SoundServer sound;
    private readonly Dictionary<string, Listener> people = new(StringComparer.Ordinal);

    private readonly string folder;

    private ListeningClass(SoundServer sound, string folder) => (this.sound, this.folder) = (sound, folder);

    public Listener this[string name] => people[name];

    /// <param name="who">Each with the browser they use.</param>
    public static async Task<ListeningClass> Start(string folder, params (string Name, string Browser)[] who)
    {
        var listening = new ListeningClass(await SoundServer.Start([.. who.Select(p => p.Name)]), folder);
        foreach (var ((name, browser), tone) in who.Zip(Tones))
        {
            var ears = listening.sound.Listen(name, Tones[..who.Length]);
            await ears.Begin();
            var at = listening.sound.PlaysAt(name);
            IPersonsBrowser started =
                browser == "Firefox" ? await FirefoxBrowser.Start(at, tone) : await ChromiumBrowser.Start(at, Voice.Write(folder, tone));
            listening.people[name] = new Listener(name, tone, started, ears);
        }
        return listening;
    }

    /// <summary>Comes in by a link; returns once the class is there.</summary>
    public static async Task Enter(IBrowserTab tab, string link, bool camera, bool late)
    {
        await tab.Goto(link);
        await Eventually.True(() => tab.Sees("#enter:enabled"));
        // Whoever is patient reads what the check found; whoever is asked late has not answered yet.
        if (!late)
            await Eventually.True(() => tab.Sees("#advice li:nth-child(4)"));
        if (camera)
            await tab.Click("#wantCam");
        await tab.Click("#enter");
    }

    public async Task IsIn(IBrowserTab tab)
    {
        try
        {
            await Eventually.True(() => tab.Sees("#bar"), TimeSpan.FromSeconds(20));
        }
        catch (TimeoutException)
        {
            await tab.Picture(Path.Combine(folder, "failed.png"));
            throw;
        }
    }

    /// <summary>
    /// Listens at everybody's loudspeaker until what should be heard is: <paramref name="one"/> hears all others, and all others hear
    /// them if they speak. Answers in so many words what was heard, and whether that is right.
    /// </summary>
    public async Task<Heard> Listen(Listener one, IBrowserTab tab, bool speaks)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var person in people.Values)
            person.Ears.Anew();
        var tapped = false;
        var heard = Now();
        try
        {
            heard = await Eventually.Is(
                async () =>
                {
                    if (!tapped && !heard.Hears.Values.All(yes => yes) && await tab.Sees("#hear"))
                    {
                        await tab.Click("#hear");
                        tapped = true;
                    }
                    return Now();
                },
                now => now.Hears.Values.All(yes => yes) && (!speaks || now.HeardBy.Values.All(yes => yes)),
                TimeSpan.FromSeconds(30)
            );
        }
        catch (TimeoutException)
        {
            heard = Now();
        }
        var isRight = heard.Hears.Values.All(yes => yes) && heard.HeardBy.Values.All(yes => yes == speaks);
        return heard with { Seconds = watch.Elapsed.TotalSeconds, Tapped = tapped, IsRight = isRight };

        Heard Now()
        {
            var others = people.Values.Where(p => p != one).ToArray();
            return new Heard(others.ToDictionary(o => o.Name, o => Hears(one, o)), others.ToDictionary(o => o.Name, o => Hears(o, one)));
        }
    }

    /// <summary>Three tenths of a second at least: less could be a click.</summary>
    private bool Hears(Listener who, Listener whom) => who.Ears.Now().Heard[people.Values.ToList().IndexOf(whom)] >= 3;

    public async ValueTask DisposeAsync()
    {
        foreach (var person in people.Values)
            await person.Browser.DisposeAsync();
        await sound.DisposeAsync();
    }
}

/// <param name="Hears">Whom this person hears.</param>
/// <param name="HeardBy">Who hears them.</param>
internal sealed record Heard(
    IReadOnlyDictionary<string, bool> Hears,
    IReadOnlyDictionary<string, bool> HeardBy,
    double Seconds = 0,
    bool Tapped = false,
    bool IsRight = false
)
{
    public override string ToString() =>
        $"hears {List(Hears)}, heard by {List(HeardBy)}, {Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s"
        + (Tapped ? ", after a tap" : "")
        + (IsRight ? "" : "  ← WRONG");

    private static string List(IReadOnlyDictionary<string, bool> who) =>
        who.Values.Any(yes => yes) ? string.Join(" and ", who.Where(w => w.Value).Select(w => w.Key)) : "nobody";
}
