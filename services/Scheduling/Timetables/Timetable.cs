using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stages.Scheduling.Timetables;

// The timetable of a campaign as a whole: which proposal it stems from, and when it was published. Its stages are streams of their
// own; this one says what a coordinator did to all of them at once.

public sealed record AdoptionStarted(Guid CampaignId, Guid RunId, Actor By, DateTimeOffset At);

public sealed record TimetableAdopted(Guid RunId, Actor By, DateTimeOffset At);

public sealed record TimetablePublished(int Stages, int Waiting, Actor By, DateTimeOffset At);

/// <summary>An adoption under way. Everything it creates has an id that follows from it.</summary>
public sealed record Adopting(Guid RunId, Actor By, DateTimeOffset At)
{
    public Guid StageId(int number) => TimetableIds.Derived(At, $"{RunId}/{number}");

    public Guid ModuleId(int number, int module) => TimetableIds.Derived(At, $"{RunId}/{number}/{module}");
}

public sealed record Timetable(Guid Id, Guid CampaignId, Guid? RunId, Adopting? Adopting, DateTimeOffset? PublishedAt)
{
    public long Version { get; init; }

    public static Timetable Create(AdoptionStarted e) =>
        new(TimetableIds.Of(e.CampaignId), e.CampaignId, null, new Adopting(e.RunId, e.By, e.At), null);

    public Timetable Apply(AdoptionStarted e) => this with { Adopting = new Adopting(e.RunId, e.By, e.At) };

    public Timetable Apply(TimetableAdopted e) => this with { RunId = e.RunId, Adopting = null };

    public Timetable Apply(TimetablePublished e) => this with { PublishedAt = e.At };
}

/// <summary>Ids that follow from what they belong to, so that repeating a step finds what the step has already made.</summary>
public static class TimetableIds
{
    /// <summary>The stream of a campaign's timetable.</summary>
    public static Guid Of(Guid campaign) => Hash($"timetable/{campaign}", 8);

    /// <summary>The stream of what an enrolment's family is told of its waiting wishes.</summary>
    public static Guid Waiting(Guid enrolment) => Hash($"waiting/{enrolment}", 8);

    /// <summary>A version 7 UUID whose random part is a hash.</summary>
    public static Guid Derived(DateTimeOffset at, string what)
    {
        Span<byte> bytes = stackalloc byte[16];
        Hash(what, 7).TryWriteBytes(bytes, bigEndian: true, out _);
        Span<byte> milliseconds = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, at.ToUnixTimeMilliseconds());
        milliseconds[2..].CopyTo(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    private static Guid Hash(string what, int version)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(what), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | (version << 4));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
