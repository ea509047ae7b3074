using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using MimeKit;
using Stages.Notifications.Calendars;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;
using Stages.Vocabulary;

namespace Stages.Notifications.Tests;

/// <summary>What the mails and text messages say, in both languages.</summary>
public sealed partial class LetterTests
{
    public static TheoryData<string, string> Every()
    {
        var data = new TheoryData<string, string>();
        foreach (var name in Samples.All.Keys)
        foreach (var language in (string[])["fr", "en"])
            data.Add(name, language);
        return data;
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void every_notice_reads_as_it_was_approved(string name, string language)
    {
        var pen = Samples.Pen(language);
        var notice = Samples.All[name];
        var letter = notice.Write(pen);
        Snapshot.Matches(
            $"{name}.{language}.txt",
            $"Subject: {letter.Subject}\nSMS: {notice.Sms(pen)}\n\n{PlainText.Of(letter, pen.Language)}"
        );
    }

    [Fact]
    public void what_is_gathered_is_claimed_in_bundles_and_nothing_else()
    {
        foreach (var kind in Samples.All.Values.GroupBy(n => n.Kind, StringComparer.Ordinal))
            DeliveryTable
                .Claim.Contains($"'{kind.Key}'", StringComparison.Ordinal)
                .ShouldBe(kind.Any(n => n.Gathers && n.With([n]).Kind == kind.Key), kind.Key);
    }

    [Fact]
    public void no_line_of_french_can_begin_with_a_sign()
    {
        foreach (var (name, notice) in Samples.All)
        {
            var letter = notice.Write(Samples.Pen("fr"));
            foreach (var text in (string[])[letter.Subject, PlainText.Of(letter, Language.French)])
                Regex.Matches(text, @"\S [:;!?»%]|« ", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeEmpty($"{name}: {text}");
        }
    }

    [Theory]
    [InlineData("place-offered", "fr")]
    [InlineData("stage-changed-family", "en")]
    [InlineData("sign-in", "fr")]
    public async Task the_page_is_as_it_was_approved(string name, string language) =>
        Snapshot.Matches($"{name}.{language}.html", await Html.Of(Samples.All[name].Write(Samples.Pen(language)), Language.Of(language)));

    [Theory]
    [MemberData(nameof(Every))]
    public async Task the_page_is_well_formed_fetches_nothing_and_names_its_language(string name, string language)
    {
        var html = await Html.Of(Samples.All[name].Write(Samples.Pen(language)), Language.Of(language));
        // Void elements closed, the page is XML: every other element is closed in its place.
        var xml = XDocument.Parse(VoidElement().Replace(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), "<${tag}/>"));
        xml.Root!.Attribute("lang")!.Value.ShouldBe(language);
        xml.Descendants("img").ShouldBeEmpty();
        xml.Descendants("h1").ShouldHaveSingleItem();
        html.ShouldNotContain("url(");
        html.ShouldNotContain("@import");
        foreach (var link in xml.Descendants("a"))
            link.Attribute("href")!.Value.ShouldStartWith("https://stages.example.org/");
        foreach (var table in xml.Descendants("table").Where(t => !t.Descendants("th").Any() || t.Descendants("table").Any()))
            table.Attribute("role")!.Value.ShouldBe("presentation");
    }

    [GeneratedRegex("<(?<tag>(?:meta|br)(?: [^>]*?)?) ?/?>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VoidElement();

    [Theory]
    [MemberData(nameof(Every))]
    public void a_text_message_fits_and_every_phone_can_show_it(string name, string language)
    {
        var text = Samples.All[name].Sms(Samples.Pen(language));
        text.Length.ShouldBeLessThanOrEqualTo(160);
        text.ShouldAllBe(c => Gsm.Has(c));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void a_notice_survives_the_table(string name, string language)
    {
        var notice = Samples.All[name];
        var pen = Samples.Pen(language);
        var back = Notice.FromJson(notice.ToJson());
        back.ToJson().ShouldBe(notice.ToJson());
        PlainText.Of(back.Write(pen), pen.Language).ShouldBe(PlainText.Of(notice.Write(pen), pen.Language));
    }

    [Theory]
    [InlineData("place-offered", "fr")]
    [InlineData("stage-changed-family", "fr")]
    [InlineData("stage-cancelled", "en")]
    public void invitations_are_as_they_were_approved(string name, string language)
    {
        var invited = new Invited("Stages de réussite", "ne-pas-repondre@example.org", "Anne \"Nana\" L’Hérault", "anne@example.org");
        Snapshot.Matches(
            $"{name}.{language}.ics",
            string.Concat(Samples.All[name].CalendarEntries(Samples.Pen(language)).Select(e => ICalendar.Invitation(e, invited)))
        );
    }

    [Fact]
    public void nothing_typed_can_start_a_header() =>
        Gen.String.Sample(typed =>
        {
            var name = Clean.Name(typed);
            name.ShouldNotContain('\r');
            name.ShouldNotContain('\n');
            name.Any(char.IsControl).ShouldBeFalse();
            name.Length.ShouldBeLessThanOrEqualTo(80);
            name.ShouldBe(Clean.Name(name));
        });

    [Fact]
    public Task a_composed_mail_has_the_headers_that_it_needs_whatever_names_are_typed() =>
        Gen.Select(Gen.String, Gen.String)
            .SampleAsync(
                async (guardian, pupil) =>
                {
                    var notice = Samples.All["place-offered"] as Letters.Notices.PlaceNotice;
                    var row = new Claimed(
                        Guid.Empty,
                        "place-offered",
                        Channels.Mail,
                        Clean.Name(guardian),
                        "anne@example.org",
                        "fr",
                        (notice! with { Pupils = [new PupilLine(Guid.Empty, Clean.Name(pupil, 50))] }).ToJson(),
                        1,
                        null,
                        Guid.Empty,
                        DateTimeOffset.UnixEpoch,
                        0
                    );
                    var bytes = new MemoryStream();
                    var composer = new Mail(
                        new MailSettings(),
                        new Links(new PublicAddress("https://stages.example.org", local: true)),
                        TimeProvider.System
                    );
                    using var composed = await composer.Compose(row);
                    await composed.WriteToAsync(bytes, TestContext.Current.CancellationToken);
                    bytes.Position = 0;
                    var mail = MimeMessage.Load(bytes, TestContext.Current.CancellationToken);
                    mail.To.Mailboxes.ShouldHaveSingleItem().Address.ShouldBe("anne@example.org");
                    mail.Headers.Select(h => h.Field)
                        .ShouldBe(
                            [
                                "From",
                                "Date",
                                "Subject",
                                "Message-Id",
                                "To",
                                "MIME-Version",
                                "Auto-Submitted",
                                "X-Auto-Response-Suppress",
                                "X-Stages-Kind",
                                "X-Stages-Enrolment",
                            ],
                            ignoreOrder: true
                        );
                    mail.MessageId.ShouldBe("00000000000000000000000000000000@stages-de-reussite.example");
                    mail.BodyParts.OfType<MimePart>().Count(p => p.ContentType.IsMimeType("text", "calendar")).ShouldBe(4);
                },
                iter: 300
            );
}
