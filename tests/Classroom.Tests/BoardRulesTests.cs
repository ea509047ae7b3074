using Shouldly;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>Who sees and writes on which sheet, by value.</summary>
public sealed class BoardRulesTests
{
    private static readonly Actor Claire = new(Participant(Teacher), ParticipantRole.Teacher);
    private static readonly Actor LinaThere = new(Participant(Lina), ParticipantRole.Pupil);
    private static readonly Actor NoahThere = new(Participant(Noah), ParticipantRole.Pupil);
    private static readonly Actor Visitor = new(Participant(Parent), ParticipantRole.Coordinator);
    private static readonly Guid Verbs = Guid.Parse("01900000-0000-7000-8000-00000000000b");
    private static readonly string LinasSlate = Sheets.Slate(LinaThere.ParticipantId);

    private static Desk On(params object[] events) =>
        events.Aggregate(Desk.Create(new DeskSet(ModuleId)), (s, e) => (Desk)Desk.Apply((dynamic)e, s));

    private static readonly Desk Slated = On(new SlatesAsked("?"));

    [Fact]
    public void the_first_thing_that_is_on_a_desk_sets_it()
    {
        var turned = new BoardTurned(1);
        DeskRules.On(null, ModuleId, turned).ShouldBe(Decision.Of(new DeskSet(ModuleId), turned));
        DeskRules.On(On(), ModuleId, turned).ShouldBe(Decision.Of(turned));
    }

    [Fact]
    public void a_sheet_has_one_name()
    {
        Sheets.PageOf("page/12").ShouldBe(12);
        Sheets.GroupOf("group/0").ShouldBe(0);
        Sheets.OwnerOf(LinasSlate).ShouldBe(LinaThere.ParticipantId);
        Sheets.DocumentOf(Sheets.Document(Verbs, 3)).ShouldBe(new ShownPage(Verbs, 3));
        string[] none =
        [
            "",
            "page/",
            "page/01",
            "page/-1",
            "page/ 1",
            "PAGE/1",
            "slate/",
            LinasSlate.ToUpperInvariant(),
            "document/1",
            "x",
        ];
        foreach (var name in none.Append(LinasSlate + "/1"))
        {
            object?[] found = [Sheets.PageOf(name), Sheets.GroupOf(name), Sheets.OwnerOf(name), Sheets.DocumentOf(name)];
            found.ShouldAllBe(f => f == null, name);
            BoardRules.Sees(Slated, Claire, name).ShouldBeFalse(name);
            BoardRules.MayWrite(Slated, Claire, name).ShouldNotBeNull(name);
        }
        Sheets.Covers(Sheets.AllSlates, LinasSlate).ShouldBeTrue();
        Sheets.Covers("page/1", "page/12").ShouldBeFalse();
    }

    [Fact]
    public void a_slate_is_seen_by_its_pupil_and_adults_and_once_it_is_on_stage_by_all()
    {
        Actor[] all = [Claire, Visitor, LinaThere, NoahThere];
        Seen(Slated).ShouldBe([Claire, Visitor, LinaThere]);
        Seen(On(new SlatesAsked("?"), new SlateShown(LinaThere.ParticipantId, true))).ShouldBe([Claire, Visitor, LinaThere]);
        Seen(On(new SlatePutOnStage(NoahThere.ParticipantId))).ShouldBe([Claire, Visitor, LinaThere]);
        var stage = On(new SlatePutOnStage(LinaThere.ParticipantId));
        Seen(stage).ShouldBe(all);
        Seen(Desk.Apply(new SlateShown(LinaThere.ParticipantId, false), stage)).ShouldBe([Claire, Visitor, LinaThere]);
        Seen(Desk.Apply(new SlatesAsked("?"), stage)).ShouldBe([Claire, Visitor, LinaThere]);

        Actor[] Seen(Desk desk) => [.. all.Where(who => BoardRules.Sees(desk, who, LinasSlate))];
    }

    [Fact]
    public void a_slate_is_written_on_by_its_pupil_alone_until_it_is_shown()
    {
        Wrote(On(), LinaThere).ShouldBe(new NotPermitted());
        Wrote(On(new ViewChosen(ClassView.Slates)), LinaThere).ShouldBeNull();
        Wrote(Slated, LinaThere).ShouldBeNull();
        // Whether pupils may draw on the class's board does not matter here.
        Wrote(On(new SlatesAsked("?"), new PermissionsSet(Desk.AllPermitted with { Board = false })), LinaThere).ShouldBeNull();
        Wrote(On(new SlatesAsked("?"), new SlateShown(LinaThere.ParticipantId, true)), LinaThere).ShouldBe(new SlateIsShown());
        foreach (var other in new[] { Claire, Visitor, NoahThere })
            Wrote(On(new SlatePutOnStage(LinaThere.ParticipantId)), other).ShouldBe(new NotPermitted());

        static Refusal? Wrote(Desk desk, Actor who) => BoardRules.MayWrite(desk, who, LinasSlate);
    }

    [Fact]
    public void pages_and_documents_are_written_on_by_all_where_the_teacher_lets_them()
    {
        var closed = On(new PermissionsSet(Desk.AllPermitted with { Board = false }), new DocumentLaidOut(Verbs, "Les verbes", 2));
        foreach (var sheet in new[] { Sheets.First, Sheets.Document(Verbs, 2) })
        {
            BoardRules.MayWrite(closed, Claire, sheet).ShouldBeNull();
            BoardRules.MayWrite(closed, LinaThere, sheet).ShouldBe(new NotPermitted());
            BoardRules.MayWrite(On(new DocumentLaidOut(Verbs, "Les verbes", 2)), LinaThere, sheet).ShouldBeNull();
        }
        foreach (var sheet in new[] { "page/2", "page/0", Sheets.Document(Verbs, 3), Sheets.Document(StageId, 1) })
            BoardRules.MayWrite(closed, Claire, sheet).ShouldBe(new NotValid(), sheet);
        BoardRules.MayWrite(null, LinaThere, Sheets.First).ShouldBeNull();
    }

    [Fact]
    public void a_groups_board_is_the_groups()
    {
        var (one, other) = (LinaThere.ParticipantId, NoahThere.ParticipantId);
        var apart = On(
            new PairsFormed([
                [one],
                [other],
            ])
        );
        BoardRules.MayWrite(apart, LinaThere, Sheets.Group(0)).ShouldBeNull();
        BoardRules.MayWrite(apart, Claire, Sheets.Group(0)).ShouldBeNull();
        BoardRules.MayWrite(apart, LinaThere, Sheets.Group(1)).ShouldBe(new NotPermitted());
        BoardRules.Sees(apart, LinaThere, Sheets.Group(1)).ShouldBeFalse();
        BoardRules.MayWrite(apart, Claire, Sheets.Group(2)).ShouldBe(new NotPermitted());
        BoardRules.Sees(Desk.Apply(new PairsEnded(), apart), LinaThere, Sheets.Group(0)).ShouldBeFalse();
        var together = On(
            new PairsFormed([
                [one, other],
            ])
        );
        var noahs = new StrokeDrawn(Verbs, other, [1, 1, 50], "#102030", 4, Sheets.Group(0));
        BoardRules.MayChange(together, LinaThere, noahs, byPupil: true).ShouldBeNull();
        BoardRules.MayChange(together, LinaThere, noahs with { By = Claire.ParticipantId }, byPupil: false).ShouldBe(new NotPermitted());
        BoardRules.MayChange(On(), LinaThere, noahs with { Sheet = Sheets.First }, byPupil: true).ShouldBe(new NotPermitted());
        BoardRules.MayChange(On(), Claire, noahs with { Sheet = Sheets.First }, byPupil: true).ShouldBeNull();
    }

    [Fact]
    public void the_teacher_adds_turns_and_rules_pages()
    {
        BoardRules.AddPage(null, ModuleId, LinaThere, "plain").Refusal.ShouldBe(new TeacherOnly());
        BoardRules.AddPage(null, ModuleId, Claire, "stars").Refusal.ShouldBe(new NotValid());
        var two = On(new BoardPageAdded("seyes"));
        (two.Page, string.Join(' ', two.Pages!), two.View).ShouldBe((2, "plain seyes", ClassView.Board));
        BoardRules.TurnBoard(two, ModuleId, Claire, 3).Refusal.ShouldBe(new NotValid());
        BoardRules.TurnBoard(two, ModuleId, Claire, 2).Events.ShouldBeEmpty();
        BoardRules.TurnBoard(two, ModuleId, LinaThere, 1).Refusal.ShouldBe(new TeacherOnly());
        BoardRules.TurnBoard(two, ModuleId, Claire, 1).Events.ShouldBe([new BoardTurned(1)]);
        BoardRules.Rule(two, ModuleId, Claire, 2, "seyes").Events.ShouldBeEmpty();
        On(new BoardRuled(1, "squares")).Pages.ShouldBe(["squares"]);
        var full = On([.. Enumerable.Repeat(new BoardPageAdded("plain"), BoardRules.MostPages - 1)]);
        BoardRules.AddPage(full, ModuleId, Claire, "plain").Refusal.ShouldBe(new NotValid());
    }

    [Fact]
    public void the_next_question_takes_all_slates_down()
    {
        BoardRules.AskSlates(null, ModuleId, LinaThere, 0, "?").Refusal.ShouldBe(new TeacherOnly());
        BoardRules.AskSlates(null, ModuleId, Claire, 0, new string('x', 201)).Refusal.ShouldBe(new NotValid());
        BoardRules.ShowSlate(Slated, Claire, true).Refusal.ShouldBe(new NotPermitted());
        BoardRules.ShowSlate(null, LinaThere, true).Refusal.ShouldBe(new NotValid());
        BoardRules.ShowSlate(Slated, LinaThere, false).Events.ShouldBeEmpty();
        BoardRules.SlateOnStage(Slated, NoahThere, NoahThere.ParticipantId).Refusal.ShouldBe(new TeacherOnly());
        var shown = On(new SlatesAsked("un"), new SlateShown(LinaThere.ParticipantId, true), new SlatePutOnStage(LinaThere.ParticipantId));
        var next = Desk.Apply(new SlatesAsked("deux"), shown).Slates!;
        (next.Number, next.Question, next.Shown.Length, next.OnStage).ShouldBe((2, "deux", 0, null));
    }

    [Fact]
    public void what_no_browser_could_draw_is_no_mark()
    {
        var pen = new Mark(Verbs, [1, 2, 50, 3, 4, 50], "#102030", 4, "pen", null);
        BoardRules.IsSound(pen).ShouldBeTrue();
        BoardRules.IsSound(pen with { Kind = "box" }).ShouldBeTrue();
        BoardRules.IsSound(pen with { Kind = "text", Points = [1, 2, 50], Text = "un" }).ShouldBeTrue();
        BoardRules.IsSound(pen with { Kind = "formula", Points = [1, 2, 50], Text = "$\\frac12$" }).ShouldBeTrue();
        var image = pen with { Kind = "image", Picture = Verbs };
        BoardRules.IsSound(image).ShouldBeTrue();
        BoardRules.IsSound(image with { Text = "Un lion" }).ShouldBeTrue();
        BoardRules.IsSound(image with { Picture = null }).ShouldBeFalse();
        BoardRules.IsSound(image with { Text = new string('x', 301) }).ShouldBeFalse();
        BoardRules.IsSound(pen with { Picture = Verbs }).ShouldBeFalse();
        BoardRules.MayPut(LinaThere, "image").ShouldBe(new TeacherOnly());
        BoardRules.MayPut(LinaThere, "pen").ShouldBeNull();
        BoardRules.MayPut(LinaThere with { Leads = true }, "image").ShouldBeNull();
        Mark[] unsound =
        [
            pen with
            {
                Points = [],
            },
            pen with
            {
                Points = [1, 2],
            },
            pen with
            {
                Points = [1, 2, 900_000],
            },
            pen with
            {
                Points = [1, 2, 3, 4, 5, 6, 7, 8, 9],
                Kind = "oval",
            },
            pen with
            {
                Points = new int[3003],
            },
            pen with
            {
                Colour = "red",
            },
            pen with
            {
                Colour = "#10203g",
            },
            pen with
            {
                Width = 101,
            },
            pen with
            {
                Kind = "picture",
            },
            pen with
            {
                Text = "un",
            },
            pen with
            {
                Kind = "text",
                Points = [1, 2, 50],
                Text = " ",
            },
            pen with
            {
                Kind = "text",
                Points = [1, 2, 50],
                Text = new string('x', 301),
            },
            pen with
            {
                Kind = "text",
                Text = "un",
            },
            pen with
            {
                Kind = "formula",
                Points = [1, 2, 50],
            },
            pen with
            {
                Kind = "formula",
                Text = "$x$",
            },
        ];
        unsound.ShouldAllBe(mark => !BoardRules.IsSound(mark));
    }
}
