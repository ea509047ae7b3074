using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Live;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>What a copy gives back of a class when the one that held it was killed.</summary>
public sealed class LastNewsTests
{
    private static readonly Guid Lina = Id(900);

    private readonly LastNews news = new();

    [Fact]
    public void is_what_was_said_and_drawn_and_what_was_taken_away()
    {
        news.Add(new ChatTold(new ChatSaid(Id(1), Lina, "all", null, "Bonjour", default)));
        news.Add(Told("stroke", Stroke(2)));
        news.Add(Told("cleared", new { Sheet = Sheets.First }));
        news.Add(Told("stroke", Stroke(3)));
        news.Add(Told("erased", new { Id = Id(4), By = Lina }));
        news.Add(Told("reaction", new { ParticipantId = Lina, Kind = "done" }));

        var seen = news.Of(null, 7);
        seen.Lines.Select(l => l.Id).ShouldBe([Id(1)]);
        seen.Strokes.Select(s => s.Id).ShouldBe([Id(3)]);
        seen.Strokes[0].Points.ShouldBe([1, 2, 3]);
        (seen.Wiped!.Single(), seen.Erased.Single(), seen.DeskRevision).ShouldBe((Sheets.First, Id(4), 7));
    }

    [Fact]
    public void is_what_stands_on_the_sheets_that_were_not_wiped()
    {
        news.Add(Told("stroke", Stroke(1)));
        news.Add(Told("stroke", Stroke(2) with { Sheet = Sheets.Slate(Lina) }));
        news.Add(Told("cleared", new { Sheet = Sheets.AllSlates }));
        news.Add(Told("stroke", Stroke(3) with { Sheet = Sheets.Slate(Lina) }));
        news.Of(null, 0).Strokes.Select(s => s.Id).ShouldBe([Id(1), Id(3)]);
    }

    [Fact]
    public void is_nothing_of_who_is_forgotten()
    {
        news.Add(new ChatTold(new ChatSaid(Id(1), Lina, "all", null, "Bonjour", default)));
        news.Add(new ChatTold(new ChatSaid(Id(2), Id(901), "all", null, "Salut", default)));
        news.Add(Told("stroke", Stroke(3)));
        news.Add(new ForgottenTold(Lina));
        news.Of(null, 0).Strokes.ShouldBeEmpty();
        news.Of(null, 0).Lines.Select(l => l.Id).ShouldBe([Id(2)]);
    }

    [Fact]
    public void is_nothing_from_before_a_gap_and_the_latest_of_very_much()
    {
        news.Add(Told("stroke", Stroke(1)));
        news.Begin();
        for (var i = 2; i < 1002; i++)
            news.Add(Told("stroke", Stroke(i)));
        news.Of(null, 0).Strokes.Select(s => s.Id).ShouldBe(Enumerable.Range(502, 500).Select(Id));
    }

    [Fact]
    public void a_copy_listens_to_who_holds_the_class_and_no_more_to_who_held_it_before()
    {
        var info = new ModuleInfo(
            Id(1),
            Id(2),
            "",
            "",
            [],
            "Europe/Paris",
            default,
            default,
            null,
            "",
            null,
            0,
            new Dictionary<Guid, string>(),
            null
        );
        var live = new LiveClass(info, null!, null!, null!, null!, NullLogger.Instance);
        new long[] { 5, 5, 7, 5, 6, 7, 8 }
            .Select(live.Believes)
            .ShouldBe([true, true, true, false, false, true, true]);
    }

    private static Guid Id(int n) => new(n, 0, 0, new byte[8]);

    private static StrokeDrawn Stroke(int n) => new(Id(n), Lina, [1, 2, 3], "#102030", 4);

    private static Shown Told(string kind, object content) =>
        new(kind, JsonSerializer.SerializeToElement(content, JsonSerializerOptions.Web));
}
