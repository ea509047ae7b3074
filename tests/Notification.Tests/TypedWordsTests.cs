using System.Collections;
using System.Reflection;
using CsCheck;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;
using Stages.Notifications.Timetables;
using Stages.Vocabulary;

namespace Stages.Notifications.Tests;

/// <summary>Every text that a letter can be made of: who wrote it, and what it went through.</summary>
public sealed class TypedWordsTests
{
    private const string Person = "typed by anybody: refused at every door when it leads elsewhere, and cleaned of it here";
    private const string Staff = "typed by staff: Prose at their forms, on one line here";
    private const string Ours = "made here or by another service, out of what stands in this table";

    private static readonly Dictionary<string, string> Passes = new(StringComparer.Ordinal)
    {
        ["EnrolmentNotice.Pupil"] = Person,
        ["WaitingNotice.Pupil"] = Person,
        ["PupilLine.FirstName"] = Person,
        ["ReminderLine.Who"] = Person,
        ["ReminderLine.TeacherFirstName"] = Person,
        ["StageFacts.TeacherFirstName"] = Person,
        ["EnrolmentNotice.Campaign"] = Staff,
        ["OfferNotice.Campaign"] = Staff,
        ["WaitingNotice.Campaign"] = Staff,
        ["StageFacts.Campaign"] = Staff,
        ["StageOverNotice.Reason"] = Staff,
        ["AcceptanceNotice.Campaign"] = Staff,
        ["TeachersWaitingNotice.Campaign"] = Staff,
        ["AcceptanceNotice.Reason"] = Staff,
        // Names of subjects are the campaign's; reasons for waiting are sentences of Scheduling's with such names in them.
        ["LocalText.Fr"] = Staff,
        ["LocalText.En"] = Staff,
        ["WaitingLine.HelpFr"] = Ours,
        ["WaitingLine.HelpEn"] = Ours,
        ["EnrolmentNotice.What"] = Ours,
        ["EnrolmentNotice.Level"] = Ours,
        ["OfferNotice.What"] = Ours,
        ["StageOverNotice.Why"] = Ours,
        ["StageOverNotice.Because"] = Ours,
        ["StageFacts.Levels"] = Ours,
        ["StageFacts.TimeZone"] = Ours,
        ["ReminderNotice.When"] = Ours,
        ["ReminderLine.Levels"] = Ours,
        ["PlaceNotice.Feed"] = Ours,
        ["TimetableNotice.Feed"] = Ours,
        ["CheckFailedNotice.Campaign"] = Staff,
        ["ObjectionNotice.Campaign"] = Staff,
        ["UnreachedNotice.Campaign"] = Staff,
        ["AccountNotice.What"] = Ours,
        ["SignInNotice.Link"] = Ours,
        ["SignInNotice.Code"] = Ours,
        ["ConfirmAddressNotice.Code"] = Ours,
    };

    [Fact]
    public void whatever_a_letter_says_is_in_this_table() =>
        Samples
            .All.Values.SelectMany(notice => Texts(notice.GetType(), []))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ShouldBe(Passes.Keys.Order(StringComparer.Ordinal));

    /// <summary>Whatever a message says, of any time: no name in a letter is an address, turns the line or begins a header.</summary>
    [Fact]
    public void names_that_come_in_lead_nowhere()
    {
        string[] places = ["http://evil.example/x", "www.evil", "evil.com", "a@b.example", "t.me/x", "08 99 12 34 56", "a: //b"];
        var hostile = Gen.Select(Gen.String, Gen.Int[0, places.Length - 1], Gen.String).Select((a, i, b) => $"{a} {places[i]} {b}");
        hostile.Sample(
            typed =>
            {
                IsNameOr("", Recipient.Of(null, typed, "anne@example.org", null, "fr").Name);
                IsNameOr("?", Clean.FirstName(typed));
                var stage = Some.Published(Some.Id(), Some.Id(), Some.Id(), []).AsChanged() with { TeacherFirstName = typed };
                IsNameOr("?", KnownStage.After(null, stage, Samples.At).TeacherFirstName);
            },
            iter: 2_000
        );
        Clean.Person("Remboursement CAF http://evil.example/caf").ShouldBe("Remboursement CAF");
        Clean.FirstName("http://evil.example").ShouldBe("?");
        Clean.Person("Anne L’Hérault").ShouldBe("Anne L’Hérault");
    }

    [Fact]
    public void what_staff_write_stays_one_line_whose_direction_is_its_own() =>
        Gen.String.Sample(typed => Clean.Sentence(typed).EnumerateRunes().ShouldAllBe(r => !Prose.Deceives(r)));

    private static void IsNameOr(string nothing, string text) =>
        (text == nothing || Vocabulary.Texts.Find<NameText>(text) is not null).ShouldBeTrue(text);

    /// <summary>Every text of a record and of what it holds.</summary>
    private static IEnumerable<string> Texts(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type))
            yield break;
        foreach (var property in type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters())
        {
            var held = Held(property.ParameterType);
            if (held == typeof(string))
                yield return $"{type.Name}.{property.Name}";
            else if (held.Assembly == typeof(Notice).Assembly || held == typeof(LocalText))
                foreach (var text in Texts(held, seen))
                    yield return text;
        }
    }

    private static Type Held(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? value
        : type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) ? Held(type.GetGenericArguments()[0])
        : type;
}
