using System.Text.Json;
using Stages.Classrooms.Live;

namespace Stages.Classrooms.Classes;

/// <summary>What a class says to the copies that have people of it.</summary>
public abstract record ClassNews;

public sealed record StateTold(ClassState State) : ClassNews;

/// <summary>Who waited sees now what the class has said and drawn meanwhile.</summary>
public sealed record LetInTold(Guid[] Participants, ChatSaid[] Chat, StrokeDrawn[] Strokes) : ClassNews;

/// <summary>The hours or the group are others; each copy reads whose names they are.</summary>
public sealed record TimetableTold : ClassNews;

/// <summary>A line of chat: who reads it depends on who they are.</summary>
public sealed record ChatTold(ChatSaid Line) : ClassNews;

/// <summary>Their family was erased: no copy gives back what they said.</summary>
public sealed record ForgottenTold(Guid ParticipantId) : ClassNews;

public sealed record FlagsTold(Guid ParticipantId, MediaFlags Flags) : ClassNews;

/// <param name="Except">Who said it themselves.</param>
/// <param name="Only">Null: everybody who is in.</param>
/// <param name="Sheet">What it is about: who sees that is told.</param>
public sealed record Shown(string Kind, JsonElement Content, Guid? Except = null, Guid? Only = null, string? Sheet = null) : ClassNews
{
    public static Shown Of(string kind, object content) => new(kind, JsonSerializer.SerializeToElement(content, JsonSerializerOptions.Web));

    public static Shown Of(StrokeDrawn stroke) => Of("stroke", stroke) with { Sheet = stroke.Sheet };

    /// <param name="mover">Whose outline of it goes.</param>
    public static Shown Moved(StrokeDrawn to, Guid mover) =>
        Of(
            "moved",
            new
            {
                to.Id,
                to.By,
                to.Sheet,
                to.Points,
                to.Width,
                to.Moved,
                mover,
            }
        ) with
        {
            Sheet = to.Sheet,
        };
}

public sealed record PlacedTold(string Node) : ClassNews;
