using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>What an offer and a campaign accept, keep and refuse of what people type.</summary>
public sealed class SpellingsTests
{
    private static readonly DeclareOffer Offer = new()
    {
        Teacher = new TeacherForm("Karim Benali", "karim@example.org"),
        Teaches = [new TeachingForm("FR", ["6e"])],
        Slots = new Dictionary<string, IReadOnlyList<SlotForm>>(StringComparer.Ordinal) { ["A"] = [new("MON-09:00", "possible")] },
    };

    [Fact]
    public void phones() => Spellings.Hold(Spellings.Phones, t => Kept(Offer.Teacher! with { Phone = t }, "teacher.phone")?.Phone);

    [Fact]
    public void addresses() =>
        Spellings.Hold(Spellings.Emails, t => Kept(Offer.Teacher! with { Email = t }, "teacher.email")?.Email.ToLowerInvariant());

    [Fact]
    public void names() => Spellings.Hold(Spellings.Names, t => Kept(Offer.Teacher! with { Name = t }, "teacher.name")?.Name);

    [Fact]
    public void given_and_family_names()
    {
        var two = Offer.Teacher! with { Name = null, FirstName = "Karim", LastName = "Benali" };
        Spellings.Hold(Spellings.Names, t => Kept(two with { FirstName = t }, "teacher.firstName")?.Given);
        Spellings.Hold(Spellings.Names, t => Kept(two with { LastName = t }, "teacher.lastName")?.Family);
    }

    [Fact]
    public void words()
    {
        Spellings.Hold(Spellings.Prose, t => new RejectStageValidator().Validate(new RejectStage(t)).IsValid ? t : null);
        Spellings.Hold(Spellings.Prose, t => Campaign(new() { Name = t }, "Name") ? t : null);
        Spellings.Hold(Spellings.Prose, t => Campaign(new() { Subjects = [new("FR", t, ["6e"])] }, "Subjects[0].Name") ? t : null);
    }

    private static bool Campaign(OpenCampaign form, string field) =>
        new OpenCampaignValidator().Validate(form).Errors.All(e => e.PropertyName != field);

    [Fact]
    public void schools() =>
        Spellings.Hold(
            Spellings.Schools,
            t => Valid(Offer with { Teacher = Offer.Teacher! with { SchoolUai = t } }, "teacher.schoolUai")?.Teacher!.School()
        );

    [Fact]
    public void levels()
    {
        Spellings.Hold(
            Spellings.Levels,
            t => Valid(Offer with { Teaches = [new TeachingForm("FR", [t])] }, "teaches[0].levels[0]")?.ToTerms().Teaches[0].Levels[0]
        );
        Spellings.Hold(
            Spellings.Levels,
            t =>
            {
                var form = new OpenCampaign { Levels = [t] };
                var refused = new OpenCampaignValidator().Validate(form).Errors.Any(e => e.PropertyName == "Levels[0]");
                return refused ? null : form.ToPlan().Levels[0];
            }
        );
    }

    [Fact]
    public void one_level_under_two_names_stands_once() =>
        new OpenCampaignValidator()
            .Validate(new OpenCampaign { Levels = ["6e", "sixième"] })
            .Errors.ShouldContain(e => e.PropertyName == "Levels");

    private static OfferTeacher? Kept(TeacherForm teacher, string field) =>
        Valid(Offer with { Teacher = teacher }, field)?.ToTeacher(Some.OfferId, Some.CampaignId);

    /// <summary>The offer when it is accepted; null when the field is refused with a reason, beside it.</summary>
    private static DeclareOffer? Valid(DeclareOffer offer, string field)
    {
        var result = new DeclareOfferValidator().Validate(offer);
        if (result.IsValid)
            return offer;
        Validation.ByField(result).ShouldHaveSingleItem().Key.ShouldBe(field);
        return null;
    }
}
