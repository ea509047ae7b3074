using Shouldly;
using Stages.Api.Classroom;
using Stages.Classrooms.Campaigns;
using Stages.Classrooms.Handed;
using Stages.Classrooms.Library;
using Stages.Classrooms.Rooms;
using Stages.Contracts.Scheduling;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>What may be proposed for the library, who decides, and what is left of it, by value.</summary>
public sealed class LibraryRulesTests
{
    private static readonly Guid Id = Guid.Parse("01900000-0000-7000-8000-0000000000a1");

    private static readonly KnownCampaign Spring = new(
        CampaignId,
        1,
        "Printemps",
        "Europe/Paris",
        [new CampaignSubject("FR", "Français", ["6e", "5e"]), new CampaignSubject("MA", "Mathématiques", ["6e"])]
    );

    private static readonly Shelf Empty = new(Spring, true, 0, 0);

    private static readonly ProposeResourceRequest ALink = new("Les verbes", "Un jeu", "FR", ["5e", "6E"], "https://lumni.fr/verbes");

    private static readonly ProposeResourceRequest AFile = ALink with
    {
        Link = null,
        File = new ResourceFile("C:\\leçon.exe", SampleFiles.Pdf()),
    };

    private static Caller Coordinator(string? territory = null) => new(Parent, Roles.Coordinator, null, null, territory);

    private static readonly Caller Claire = new(Teacher, Roles.Teacher, null, null, null);

    [Fact]
    public void a_link_is_proposed_for_levels_in_their_order()
    {
        var decision = ProposeResource.Decide(Empty, ALink, Claire, Id, Start);
        var proposed = decision.Events.ShouldHaveSingleItem().ShouldBeOfType<ResourceProposed>();
        (proposed.By, proposed.Content.Link, proposed.Content.File).ShouldBe((Teacher, "https://lumni.fr/verbes", null));
        proposed.Content.Levels.ShouldBe(["6e", "5e"]);
        decision.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Sql>().Statement.ShouldBe(ResourceTable.Insert);
    }

    [Fact]
    public void a_file_is_what_its_bytes_say()
    {
        var proposed = (ResourceProposed)ProposeResource.Decide(Empty, AFile, Claire, Id, Start).Events.Single();
        (proposed.Content.File!.Name, proposed.Content.File.Type).ShouldBe(("leçon.exe.pdf", "application/pdf"));
        Refused(Empty, AFile with { File = new ResourceFile("a.pdf", [.. "MZ"u8, 0, 1]) }).ShouldBe("file-kind");
        Refused(Empty, AFile with { File = new ResourceFile("a.docx", SampleFiles.Word(("word/vbaProject.bin", ""))) })
            .ShouldBe("file-active");
        Refused(Empty, AFile with { File = new ResourceFile("a.pdf", new byte[FileKinds.Largest + 1]) }).ShouldBe("file-too-large");
    }

    [Fact]
    public void nothing_is_proposed_for_what_the_campaign_does_not_teach_nor_by_who_does_not_teach_in_it()
    {
        Refused(Empty with { Campaign = null }, ALink).ShouldBe("not-found");
        Refused(Empty with { Teaches = false }, ALink).ShouldBe("teaches-no-stage");
        Refused(Empty, ALink with { Subject = "HG" }).ShouldBe("subject-unknown");
        Refused(Empty, ALink with { Subject = "MA" }).ShouldBe("level-unknown");
        Refused(Empty with { Theirs = ProposeResource.MostOfOne }, ALink).ShouldBe("library-full");
        Refused(Empty with { Size = ProposeResource.Most }, AFile).ShouldBe("library-full");
        Refused(Empty with { Size = ProposeResource.Most }, ALink).ShouldBeNull();
    }

    [Theory]
    [InlineData("https://www.lumni.fr/a?b=c#d", true)]
    [InlineData("http://www.lumni.fr/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://somebody:secret@example.org/", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("//example.org/", false)]
    [InlineData("", false)]
    public void a_link_is_an_https_address_that_names_nobody(string link, bool passes) =>
        new ProposeResourceValidator().Validate(ALink with { Link = link }).IsValid.ShouldBe(passes);

    [Fact]
    public void a_resource_is_a_link_or_a_file_with_all_its_words()
    {
        ProposeResourceRequest[] faulty =
        [
            ALink with
            {
                File = AFile.File,
            },
            AFile with
            {
                File = new ResourceFile("a.pdf", []),
            },
            ALink with
            {
                Title = " ",
            },
            ALink with
            {
                Title = new string('x', 121),
            },
            ALink with
            {
                Title = "a\u202Eb",
            },
            ALink with
            {
                About = "",
            },
            ALink with
            {
                Levels = [],
            },
            ALink with
            {
                Levels = ["zz"],
            },
            ALink with
            {
                Subject = null,
            },
        ];
        foreach (var request in faulty)
            new ProposeResourceValidator().Validate(request).IsValid.ShouldBeFalse($"{request}");
        new ProposeResourceValidator().Validate(AFile).IsValid.ShouldBeTrue();
        new RefuseResourceValidator().Validate(new RefuseResourceRequest(" ")).IsValid.ShouldBeFalse();
    }

    [Fact]
    public void a_coordinator_of_a_pupil_of_its_teacher_decides()
    {
        var proposed = Proposed();
        foreach (var (territory, decides) in new[] { ("034", true), ("030", true), ("011", false), (null, true) })
        {
            var reader = new LibraryReader(Coordinator(territory), CampaignId, [TheRoom]);
            DecideOnResource.Accept(proposed, reader, Start).Refusal.ShouldBe(decides ? null : new NotFound(), territory);
            DecideOnResource.Refuse(proposed, reader, "Non", Start).Refusal.ShouldBe(decides ? null : new NotFound(), territory);
        }
        var all = new LibraryReader(Coordinator(), CampaignId, []);
        DecideOnResource.Accept(proposed, all, Start).ShouldBe(Decision.Of(new ResourceAccepted(Parent, Start)));
        DecideOnResource.Accept(Accepted(proposed), all, Start).ShouldBe(Decision.Nothing);
        DecideOnResource.Accept(null, all, Start).Refusal.ShouldBe(new NotFound());
        // Taken back, with a reason; said twice, it is once.
        DecideOnResource.Refuse(Accepted(proposed), all, "Non", Start).ShouldBe(Decision.Of(new ResourceRefused(Parent, "Non", Start)));
        var refused = Resource.Apply(new ResourceRefused(Parent, "Non", Start), proposed);
        (refused.State, refused.Reason).ShouldBe((ResourceStates.Refused, "Non"));
        DecideOnResource.Refuse(refused, all, "Non", Start).ShouldBe(Decision.Nothing);
        Accepted(refused).Reason.ShouldBeNull();
        // The teacher of it decides nothing.
        DecideOnResource.Accept(proposed, new LibraryReader(Claire, CampaignId, [TheRoom]), Start).Refusal.ShouldBe(new NotFound());
    }

    [Fact]
    public void who_proposed_it_takes_it_away_and_nobody_else()
    {
        DecideOnResource.TakeAway(Proposed(), Claire).ShouldBe(DecideOnResource.Forget(Id));
        foreach (var other in new[] { Claire with { Id = Parent }, Claire with { Role = Roles.Family }, Coordinator() })
            DecideOnResource.TakeAway(Proposed(), other).Refusal.ShouldBe(new NotFound());
        DecideOnResource.TakeAway(Proposed() with { By = Guid.Empty }, Claire with { Id = Guid.Empty }).Refusal.ShouldBe(new NotFound());
    }

    [Fact]
    public void an_erased_teacher_leaves_what_families_use_and_nothing_else()
    {
        var (accepted, other) = (Accepted(Proposed()), Proposed() with { Id = StageId, By = Parent });
        KeepLibrary.ForgetProposed(Teacher, [Proposed(), accepted with { Id = ModuleId }, other]).ShouldBe(DecideOnResource.Forget(Id));
        KeepLibrary.ForgetProposed(Teacher, [accepted]).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void families_and_teachers_are_counted_and_those_who_look_at_it_are_not()
    {
        var accepted = Accepted(Proposed());
        OpenResource.Counts(accepted, new Caller(Parent, Roles.Family, null, null, null)).ShouldBeTrue();
        OpenResource.Counts(accepted, Claire with { Id = Parent }).ShouldBeTrue();
        OpenResource.Counts(accepted, Claire).ShouldBeFalse();
        OpenResource.Counts(accepted, Coordinator()).ShouldBeFalse();
        OpenResource.Counts(Proposed(), Claire with { Id = Parent }).ShouldBeFalse();
        // Of whom, is not among what is written.
        OpenResource.Count(Id).Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Sql>().Parameters.ShouldBe([Id]);
    }

    [Fact]
    public void it_is_at_hand_in_classes_of_its_subject_and_level_alone()
    {
        var accepted = Accepted(Proposed());
        LibraryInClass.IsFor(accepted, TheRoom).ShouldBeTrue();
        LibraryInClass.IsFor(Proposed(), TheRoom).ShouldBeFalse();
        LibraryInClass.IsFor(accepted with { CampaignId = Parent }, TheRoom).ShouldBeFalse();
        LibraryInClass.IsFor(accepted, Other("MA", "6e")).ShouldBeFalse();
        LibraryInClass.IsFor(accepted, Other("FR", "4e")).ShouldBeFalse();
        LibraryInClass.IsFor(accepted, Other("FR", "4e", "5E")).ShouldBeTrue();

        var handed = LibraryInClass.Handed(accepted, ModuleId, 9, Start);
        (handed.Resource, handed.To, handed.WorkOf, handed.Type, handed.Name).ShouldBe((Id, null, null, GivenOut.LinkType, "Les verbes"));
        LibraryInClass.Handed(accepted, ModuleId, 9, Minute(5)).Id.ShouldBe(handed.Id, "pressed twice, it is there once");
        LibraryInClass.Handed(accepted, StageId, 9, Start).Id.ShouldNotBe(handed.Id);
    }

    private static Room Other(string subject, params string[] levels) =>
        TheRoom with
        {
            Stage = TheRoom.Stage with { Subject = subject, Levels = levels },
        };

    private static Resource Proposed() =>
        Resource.Create((ResourceProposed)ProposeResource.Decide(Empty, ALink, Claire, Id, Start).Events.Single());

    private static Resource Accepted(Resource resource) => Resource.Apply(new ResourceAccepted(Parent, Start), resource);

    private static string? Refused(Shelf shelf, ProposeResourceRequest request) =>
        ProposeResource.Decide(shelf, request, Claire, Id, Start).Refusal?.Code;
}
