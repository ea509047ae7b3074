using System.Diagnostics.Metrics;

namespace Stages.Classrooms.Live;

/// <summary>What happens in classes through this copy, for who watches: how many, how quickly one is in, what fails. Never who.</summary>
public sealed class ClassFigures : IDisposable
{
    private readonly Meter meter = new("Stages.Classes");
    private readonly Histogram<double> joined;
    private readonly Counter<long> media;

    public ClassFigures(LiveClasses classes, MediaNodes servers)
    {
        joined = meter.CreateHistogram<double>("stages.classes.join", "s", "From the connection to the welcome");
        media = meter.CreateCounter<long>("stages.media.failures", description: "What the media server did not do for somebody in class");
        meter.CreateObservableGauge("stages.classes.running", () => classes.Now.Classes, description: "Classes with people of this copy");
        meter.CreateObservableGauge("stages.classes.people", () => classes.Now.People, description: "People in class through this copy");
        meter.CreateObservableGauge("stages.media.servers", () => servers.All.Count, description: "Media servers that are known");
    }

    public void Joined(TimeSpan within) => joined.Record(within.TotalSeconds);

    public void MediaFailed() => media.Add(1);

    public void Dispose() => meter.Dispose();
}
