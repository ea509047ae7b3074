using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stages.Notifications.Letters;

/// <summary>
/// One thing to tell one person, complete in itself: what it says is fixed when it happens, whatever changes before it is sent.
/// Kept with its delivery until that is made, then forgotten.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "notice")]
[JsonDerivedType(typeof(EnrolmentNotice), EnrolmentNotice.Name)]
[JsonDerivedType(typeof(OfferNotice), OfferNotice.Name)]
[JsonDerivedType(typeof(AcceptanceNotice), AcceptanceNotice.Name)]
[JsonDerivedType(typeof(TeachersWaitingNotice), TeachersWaitingNotice.Name)]
[JsonDerivedType(typeof(PlaceNotice), PlaceNotice.Name)]
[JsonDerivedType(typeof(PlacesNotice), "places-offered")]
[JsonDerivedType(typeof(TimetablesNotice), "timetables")]
[JsonDerivedType(typeof(AnswerNotice), AnswerNotice.Name)]
[JsonDerivedType(typeof(TimetableNotice), TimetableNotice.Name)]
[JsonDerivedType(typeof(StageChangedNotice), StageChangedNotice.Name)]
[JsonDerivedType(typeof(StageOverNotice), StageOverNotice.Name)]
[JsonDerivedType(typeof(WaitingNotice), WaitingNotice.Name)]
[JsonDerivedType(typeof(SubstituteNotice), SubstituteNotice.Name)]
[JsonDerivedType(typeof(PupilMissingNotice), PupilMissingNotice.Name)]
[JsonDerivedType(typeof(TeacherMissingNotice), TeacherMissingNotice.Name)]
[JsonDerivedType(typeof(ReportedNotice), ReportedNotice.Name)]
[JsonDerivedType(typeof(CheckFailedNotice), CheckFailedNotice.Name)]
[JsonDerivedType(typeof(ObjectionNotice), ObjectionNotice.Name)]
[JsonDerivedType(typeof(UnreachedNotice), UnreachedNotice.Name)]
[JsonDerivedType(typeof(ReminderNotice), ReminderNotice.Name)]
[JsonDerivedType(typeof(SignInNotice), SignInNotice.Name)]
[JsonDerivedType(typeof(AccountNotice), AccountNotice.Name)]
[JsonDerivedType(typeof(ConfirmAddressNotice), ConfirmAddressNotice.Name)]
public abstract record Notice
{
    /// <summary>The word for it in the log and in the header <c>X-Stages-Kind</c>.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    [JsonIgnore]
    public virtual Urgency Urgency => Urgency.Soon;

    /// <summary>After this instant it would tell people nothing any more, and is not sent.</summary>
    [JsonIgnore]
    public virtual DateTimeOffset? UselessAfter => null;

    /// <summary>Whoever reads it could sign in: sealed while it waits, and forgotten when it was refused as well.</summary>
    [JsonIgnore]
    public virtual bool IsSecret => false;

    /// <summary>
    /// Goes to an address that nobody has confirmed: it says nothing that somebody typed, and its reader, or our own configuration, has
    /// asked for it.
    /// </summary>
    [JsonIgnore]
    public virtual bool GoesToStrangers => false;

    /// <summary>
    /// Waits a moment for others of its kind to the same person in the same campaign, and goes out with them as one message: a
    /// publication is one thing for who has two places in it.
    /// </summary>
    [JsonIgnore]
    public virtual bool Gathers => false;

    /// <summary>This one and the others of its kind as one. Asked of what <see cref="Gathers"/> alone.</summary>
    public virtual Notice With(IReadOnlyList<Notice> others) =>
        others.Count == 0 ? this : throw new InvalidOperationException($"{Kind} is told by itself.");

    public abstract Letter Write(Pen pen);

    /// <summary>The same in one text message; names the child, because a phone belongs to a family.</summary>
    public abstract string Short(Pen pen);

    /// <summary>Where a text message leads: the page of what it is about. Null: it has a link in its words, or needs none.</summary>
    public virtual string? SmsLink(Pen pen) => null;

    /// <summary>The text message as it goes out: its words, cut where they are too long, and its link whole.</summary>
    public string Sms(Pen pen)
    {
        var link = SmsLink(pen) is { } address ? " " + address : "";
        return Gsm.Text(Short(pen), Gsm.OneMessage - link.Length) + link;
    }

    /// <summary>One calendar object for each module that it concerns.</summary>
    public virtual IEnumerable<CalendarEntry> CalendarEntries(Pen pen) => [];

    private static readonly JsonSerializerOptions Json = ServiceHost.Configure(
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { AllowOutOfOrderMetadataProperties = true }
    );

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static Notice FromJson(string json) =>
        JsonSerializer.Deserialize<Notice>(json, Json) ?? throw new InvalidOperationException("A delivery without its notice.");
}

/// <summary>Who overtakes whom when many are waiting: somebody at a sign-in page before a whole publication.</summary>
public enum Urgency : short
{
    Now = 0,
    Soon = 1,
    Bulk = 2,
}

/// <summary>What every letter is written with.</summary>
public sealed record Pen(Language Language, Links Links, string RecipientName)
{
    public string In(string fr, string en) => Language.In(fr, en);

    public Says Says(string fr, string en) => new(In(fr, en));

    public string Hello =>
        RecipientName.Length == 0 ? In("Bonjour,", "Hello,") : In($"Bonjour {RecipientName},", $"Hello {RecipientName},");

    public string BecauseFamily =>
        In(
            "Vous recevez ce message parce que vous êtes responsable d’un élève inscrit.",
            "You receive this message because you are the guardian of an enrolled pupil."
        );

    public string BecauseCoordination =>
        In(
            "Vous recevez ce message parce que vous êtes à la coordination des stages.",
            "You receive this message because you coordinate the stages."
        );

    public string BecauseTeacher =>
        In(
            "Vous recevez ce message parce que vous avez proposé d’encadrer des stages.",
            "You receive this message because you offered to teach stages."
        );
}
