using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Stages.Notifications.Addresses;
using Stages.Notifications.Contacts;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;
using Stages.Notifications.Letters.Notices;
using Stages.Notifications.Log;

namespace Stages.Notifications.Tests;

/// <summary>The one gate: every kind of notice, to addresses in every state. Pure.</summary>
public sealed class GateTests
{
    private static readonly string?[] States = [null, KnownAddress.Asked, KnownAddress.Confirmed, KnownAddress.Refused];

    private static readonly Recipient[] People =
    [
        Recipient.Of(null, "Gagnez http", "anne@gate.example", "06 39 98 00 01", "fr"),
        Recipient.Of(null, "Anne", null, "06 39 98 00 02", "fr"),
        Recipient.Of(null, "Anne", null, "04 67 12 34 56", "fr"),
    ];

    public static TheoryData<string> Every() => [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Every))]
    public void a_notice_goes_to_who_said_yes_and_to_nobody_else(string name)
    {
        var notice = Samples.All[name];
        // Everything but these waits for a yes; whoever adds a kind decides here.
        notice.GoesToStrangers.ShouldBe(
            notice
                is SignInNotice
                    or ConfirmAddressNotice
                    or AccountNotice
                    or ReportedNotice
                    or CheckFailedNotice
                    or TeachersWaitingNotice
                    or ObjectionNotice
                    or UnreachedNotice
                    or TeacherMissingNotice { ForTeacher: false }
        );
        foreach (var to in People)
        foreach (var state in States)
        {
            var rows = Rows(notice, to, state);
            var row = rows[0];
            var expected =
                to.Channel == Channels.None ? Statuses.Unsent
                : notice is ConfirmAddressNotice ? (state is null ? Statuses.Pending : Statuses.Unsent)
                : notice.GoesToStrangers || state == KnownAddress.Confirmed ? Statuses.Pending
                : state == KnownAddress.Refused ? Statuses.Unsent
                : Statuses.Held;
            row.GetProperty("status").GetString().ShouldBe(expected, $"{name} to {to.Channel}, {state ?? "new"}");
            if (expected == Statuses.Pending)
                row.GetProperty("address").GetString().ShouldBe(to.Address);
            else if (row.GetProperty("address").GetString() is { } kept)
                kept.ShouldNotBe(to.Address, "it could be sent by mistake");
            var asks = rows.Skip(1).ToList();
            asks.Count.ShouldBe(expected == Statuses.Held && state is null ? 1 : 0, "one question, once");
            foreach (var question in asks)
            {
                question.GetProperty("kind").GetString().ShouldBe(ConfirmAddressNotice.Name);
                question.GetProperty("status").GetString().ShouldBe(Statuses.Pending);
                question.GetProperty("recipient_name").GetString().ShouldBeEmpty("nothing typed");
            }
        }
    }

    /// <summary>However the neutral letter is written, it says the same to everybody but for its code.</summary>
    [Theory]
    [InlineData("fr", false)]
    [InlineData("en", false)]
    [InlineData("fr", true)]
    [InlineData("en", true)]
    public void the_question_has_no_word_that_anybody_typed(string language, bool teacher)
    {
        var pen = Samples.Pen(language) with { RecipientName = "Remboursement CAF" };
        var notice = new ConfirmAddressNotice("8K4TQ2W9ZC3M", teacher);
        var text = PlainText.Of(notice.Write(pen), pen.Language) + notice.Write(pen).Subject + notice.Short(pen);
        text.ShouldNotContain("Remboursement");
        text.ShouldContain("https://stages.example.org/a/8K4TQ2W9ZC3M");
    }

    [Fact]
    public void an_address_that_is_asked_is_not_asked_again_but_who_answers_meanwhile_is_seen()
    {
        var waiting = Delivery.Of("m", People[0], Samples.All["place-offered"], new About(), Samples.At);
        var (first, asks) = Gate.Ask(waiting, null, Samples.At);
        asks.ShouldNotBeNull().Notice.ShouldBe(new ConfirmAddressNotice(AddressCode.Of(People[0].AddressId), ForTeacher: true));
        var known = first.Effects.OfType<Effect.Insert<KnownAddress>>().ShouldHaveSingleItem().Documents.ShouldHaveSingleItem();
        known.State.ShouldBe(KnownAddress.Asked);
        var (second, again) = Gate.Ask(waiting, known, Samples.At.AddDays(1));
        again.ShouldBeNull();
        second.Effects.OfType<Effect.Store<KnownAddress>>().ShouldHaveSingleItem();
    }

    [Fact]
    public void a_yes_lets_go_and_a_no_stops_and_neither_is_said_twice()
    {
        var asked = KnownAddress.Of(People[0], KnownAddress.Asked, Samples.At);
        var present = Decision.Nothing.AndSql("select 1");
        var yes = Answers.Confirm(asked, present, Samples.At);
        var confirmed = yes.Effects.OfType<Effect.Store<KnownAddress>>().Single().Documents.Single();
        confirmed.IsConfirmed.ShouldBeTrue();
        yes.Effects.OfType<Effect.Sql>().Count().ShouldBe(2, "what waited goes, how things stand is told");
        Answers.Confirm(confirmed, present, Samples.At).ChangesNothing.ShouldBeTrue();
        var no = Answers.Refuse(asked, Samples.At);
        var refused = no.Effects.OfType<Effect.Store<KnownAddress>>().Single().Documents.Single();
        refused.State.ShouldBe(KnownAddress.Refused);
        Answers.Refuse(refused, Samples.At).ChangesNothing.ShouldBeTrue();
        Answers.Confirm(refused, present, Samples.At).ChangesNothing.ShouldBeFalse("whoever signs in with it has changed their mind");
        Answers.Seen(confirmed, Samples.At.AddDays(1)).ChangesNothing.ShouldBeTrue();
        Answers.Seen(confirmed, Samples.At.AddDays(40)).ChangesNothing.ShouldBeFalse();
    }

    [Fact]
    public void a_code_is_found_however_it_is_copied_and_belongs_to_one_address()
    {
        var codes = Enumerable.Range(0, 2_000).Select(_ => AddressCode.Of(Some.Id())).ToList();
        codes.Distinct().Count().ShouldBe(codes.Count);
        codes.ShouldAllBe(c => c.Length == 12);
        AddressCode.HashOf(" 8k4t-q2w9-zc3m ").ShouldBe(AddressCode.HashOf("8K4TQ2W9ZC3M"));
        AddressCode.HashOf("OIL").ShouldBe(AddressCode.HashOf("011"));
        AddressCode.HashOf("8K4TQ2W9ZC3N").ShouldNotBe(AddressCode.HashOf("8K4TQ2W9ZC3M"));
    }

    [Fact]
    public void coordinators_do_not_send_again_what_waits_for_a_yes_but_can_tell_it()
    {
        var held = new LoggedDelivery(
            Some.Id(),
            "place-offered",
            Channels.Mail,
            Statuses.Held,
            "a…",
            "",
            "fr",
            null,
            null,
            null,
            default,
            default,
            null,
            0,
            null,
            null,
            null
        );
        Corrections.Retry(held, hasSms: true).ShouldBeOfType<NothingToRetry>();
        Corrections.Tell(held).ShouldBeNull();
        var refused = held with { Status = Statuses.Unsent, Channel = Channels.Sms, LastError = Answers.NotTheirs };
        Corrections.Retry(refused, hasSms: true).ShouldBeOfType<NoWayToSend>();
    }

    [Fact]
    public void a_family_and_its_coordinators_see_who_is_reached()
    {
        var contact = new EnrolmentContact(Some.Id(), Some.Id(), 1, "Zoé", People, [People[0].PersonId], "0340008Z");
        AddressEndpoints.MaySee(new Caller(People[0].PersonId, Roles.Family, null, null, null), contact).ShouldBeTrue();
        AddressEndpoints.MaySee(new Caller(Some.Id(), Roles.Family, null, null, null), contact).ShouldBeFalse();
        AddressEndpoints.MaySee(new Caller(Some.Id(), Roles.Coordinator, null, null, "034"), contact).ShouldBeTrue();
        AddressEndpoints.MaySee(new Caller(Some.Id(), Roles.Coordinator, null, null, "066"), contact).ShouldBeFalse();
        var known = new Dictionary<Guid, string> { [People[0].AddressId] = KnownAddress.Refused };
        People.Select(p => AddressEndpoints.StateOf(p, known)).ShouldBe(["refused", "new", "none"]);
    }

    private static List<JsonElement> Rows(Notice notice, Recipient to, string? state)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Sms:Url"] = "http://gateway.example" };
        var outgoing = new Outgoing(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), TimeProvider.System);
        var known = state is null ? [] : new Dictionary<Guid, KnownAddress> { [to.AddressId] = KnownAddress.Of(to, state, Samples.At) };
        var told = outgoing.Tell([Delivery.Of("m", to, notice, new About(), Samples.At)], known, Samples.At);
        return
        [
            .. told
                .Effects.OfType<Effect.Sql>()
                .SelectMany(sql => JsonDocument.Parse((string)sql.Parameters.Single()).RootElement.EnumerateArray()),
        ];
    }
}
