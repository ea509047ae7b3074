using System.Net;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Options;
using Shouldly;
using Stages.Api.Classroom;
using Stages.Classrooms.Elsewhere;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>Rooms that are not ours: addresses that are signed as they are sent, rooms that nobody guesses.</summary>
public sealed class PlaceTests
{
    private const string Secret = "639259d4-9dd8-4b25-bf01-95f9567eaf4b";

    private static readonly string[] Known =
    [
        "Zoé",
        "Lou-Ann d’Artagnan (CM2) !",
        "Jean + Marie & Co",
        "100 % *",
        "Иван Петров",
        "محمد",
        "王小明",
        "a\u0301 ñ Ł ß",
        "😀 Léa",
        "'\"<b>\\/?#[]{}|^`~",
        " ",
        "a=b;c,d:e@f$",
        "\u200f\u202eabc",
    ];

    /// <summary>Characters of all kinds, also where a pair is half.</summary>
    private static readonly Gen<string> Names = Gen.OneOf(
        Gen.Int[0, Known.Length - 1].Select(i => Known[i]),
        Gen.String,
        Gen.String[Gen.Char["()!*'+&%=# ~-_.,;:@/?\"<>|éàçœ–’"], 1, 12]
    );

    private static readonly BigBlueButtonApi Api = new(
        new HttpClient(),
        Options.Create(new BigBlueButtonOptions { Url = "https://visio.example.org/bigbluebutton/api", Secret = Secret })
    );

    [Fact]
    public void whatever_the_name_is_the_link_carries_it_and_is_signed_as_a_browser_sends_it() =>
        Names.Sample(
            name =>
            {
                var link = Api.JoinUrl([new("fullName", name), new("meetingID", "abc"), new("role", "VIEWER")]);
                link.All(c => c is > ' ' and <= '~').ShouldBeTrue($"a browser leaves {link} as it is");
                // What arrives, whoever has parsed and written the address on its way.
                foreach (var sent in new[] { link, new Uri(link).AbsoluteUri })
                {
                    var query = sent[(sent.IndexOf('?', StringComparison.Ordinal) + 1)..];
                    var cut = query.IndexOf("&checksum=", StringComparison.Ordinal);
                    query[(cut + "&checksum=".Length)..].ShouldBe(BigBlueButtonApi.Checksum("sha256", "join", query[..cut], Secret));
                    var given = WebUtility.UrlDecode(query[..cut].Split('&')[0]["fullName=".Length..]);
                    // Half a pair is no character.
                    given.ShouldBe(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
                }
            },
            iter: 2000
        );

    [Fact]
    public void a_long_name_of_a_class_is_cut_between_characters() =>
        Gen.String[Gen.Char["a\ud83d\ude00é"], 0, 90]
            .Sample(
                name =>
                {
                    var clipped = Meetings.Clip(name);
                    clipped.Length.ShouldBeInRange(2, 64);
                    if (name.Length > 64 && char.IsHighSurrogate(name[63]))
                        clipped.Length.ShouldBe(63);
                },
                iter: 500
            );

    [Fact]
    public void each_session_has_a_room_of_its_own_on_visio_and_the_same_for_all()
    {
        var place = new ClassPlace(Guid.Empty, PlaceKinds.Visio, "https://visio.example.org/");
        var modules = Enumerable.Range(0, 1000).Select(_ => Guid.CreateVersion7(Minute(0))).ToList();
        modules.Select(place.AddressOf).Distinct().Count().ShouldBe(1000);
        foreach (var module in modules)
        {
            var room = place.AddressOf(module)["https://visio.example.org/".Length..];
            room.Split('-').Select(p => p.Length).ShouldBe([3, 4, 3]);
            room.All(c => c is '-' or (>= 'a' and <= 'z')).ShouldBeTrue(room);
            place.AddressOf(module).ShouldBe(place.AddressOf(module));
        }
    }

    [Fact]
    public void a_link_is_the_same_for_everybody_unless_it_says_otherwise()
    {
        var module = Guid.CreateVersion7(Minute(0));
        var place = new ClassPlace(Guid.Empty, PlaceKinds.Link, "https://jitsi.example.org/stages");
        place.AddressOf(module).ShouldBe(place.Url);
        (place with { Url = "https://jitsi.example.org/stages-{classe}" })
            .AddressOf(module)
            .ShouldEndWith("stages-" + ClassPlace.RoomOf(module));
    }

    /// <summary>It stands in a header, which takes no accents: a browser is led to where the coordinator's own would go.</summary>
    [Theory]
    [InlineData("https://jitsi.example.org/étage 2/a?x=1&y=%20#é", "https://jitsi.example.org/%C3%A9tage%202/a?x=1&y=%20#%C3%A9")]
    [InlineData("https://école.example.org/a", "https://xn--cole-9oa.example.org/a")]
    [InlineData("https://jitsi.example.org:8443/a;b,c", "https://jitsi.example.org:8443/a;b,c")]
    public void an_address_is_written_as_browsers_write_it(string typed, string written)
    {
        var address = new ClassPlace(Guid.Empty, PlaceKinds.Link, typed).AddressOf(Guid.Empty);
        address.ShouldBe(written);
        address.ShouldAllBe(c => char.IsAscii(c) && !char.IsControl(c));
    }

    [Theory]
    [InlineData(PlaceKinds.Ours, null, true)]
    [InlineData(PlaceKinds.AsCampaign, null, true)]
    [InlineData(PlaceKinds.BigBlueButton, null, true)]
    [InlineData("zoom", null, false)]
    [InlineData(PlaceKinds.Visio, null, false)]
    [InlineData(PlaceKinds.Visio, "", false)]
    [InlineData(PlaceKinds.Visio, "https://visio.example.org", true)]
    [InlineData(PlaceKinds.Visio, "https://visio.example.org/?a=b", false)]
    [InlineData(PlaceKinds.Visio, "https://visio.example.org/#abc", false)]
    [InlineData(PlaceKinds.Link, "http://jitsi.example.org/a", false)]
    [InlineData(PlaceKinds.Link, "javascript:alert(1)", false)]
    [InlineData(PlaceKinds.Link, "jitsi.example.org", false)]
    [InlineData(PlaceKinds.Link, "https://someone:password@jitsi.example.org", false)]
    [InlineData(PlaceKinds.Link, "https://jitsi.example.org/{classe}?a=b#c", true)]
    public void an_address_is_https_and_nobodys_password(string kind, string? url, bool taken) =>
        new SetClassPlaceValidator().Validate(new SetClassPlaceRequest(kind, url)).IsValid.ShouldBe(taken);

    [Theory]
    [InlineData("checksumError", false, "secret")]
    [InlineData("http", true, "ne répond pas")]
    [InlineData("http", false, "adresse")]
    public void what_is_wrong_with_the_server_is_said(string key, bool away, string word) =>
        SetClassPlace.Why(new BigBlueButtonFault(key, "", away)).ShouldContain(word);
}
