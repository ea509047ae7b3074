namespace Stages.Api.Classroom;

/// <summary>What the self-check found broken, by <see cref="Troubles"/>: what, and nothing of the device.</summary>
public sealed record TroubleRequest(IReadOnlyList<string>? Faults = null);

/// <summary>Somebody who may not be heard on the day.</summary>
/// <param name="ByRole"><c>pupil</c> (or the family) or <c>teacher</c>.</param>
/// <param name="ByEnrolment">The pupil; null for a teacher.</param>
public sealed record TroubleView(Guid Id, string ByRole, Guid? ByEnrolment, IReadOnlyList<string> Faults, DateTimeOffset At);

/// <param name="Phone">Who helps when nothing works; null: nobody is named.</param>
public sealed record SetHelpLineRequest(string? Phone = null);

/// <summary>Names of what may be broken.</summary>
public static class Troubles
{
    public const string Microphone = "microphone",
        Camera = "camera",
        Service = "service",
        Connection = "connection",
        Sound = "sound",
        Rate = "rate",
        Browser = "browser";

    public static readonly IReadOnlyList<string> All = [Microphone, Camera, Service, Connection, Sound, Rate, Browser];
}
