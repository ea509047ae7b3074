using Stages.Testing;

namespace Stages.Enrolments.Tests;

/// <summary>What an enrolment accepts, keeps and refuses of what families type.</summary>
public sealed class SpellingsTests
{
    private static readonly EnrolmentRequest Request = Some.Request();

    [Fact]
    public void phones() => Spellings.Hold(Spellings.Phones, t => Kept(With(phone: t), "guardians[0].phone")?.Guardians[0].Phone);

    [Fact]
    public void addresses() => Spellings.Hold(Spellings.Emails, t => Kept(With(email: t), "guardians[0].email")?.Guardians[0].Email);

    [Fact]
    public void names()
    {
        Spellings.Hold(
            Spellings.Names,
            t => Kept(Request with { Pupil = Request.Pupil with { FirstName = t } }, "pupil.firstName")?.Pupil.FirstName
        );
        Spellings.Hold(
            Spellings.Names,
            t => Kept(Request with { Pupil = Request.Pupil with { LastName = t } }, "pupil.lastName")?.Pupil.LastName
        );
        Spellings.Hold(
            Spellings.Names,
            t => Kept(Request with { Guardians = [Request.Guardians[0] with { Name = t }] }, "guardians[0].name")?.Guardians[0].Name
        );
    }

    [Fact]
    public void words()
    {
        Spellings.Hold(Spellings.Prose, t => new SchoolNoteValidator().Validate(new SchoolNote(t)).IsValid ? t : null);
        Spellings.Hold(Spellings.Prose, t => new ObjectionRequestValidator().Validate(new ObjectionRequest(t)).IsValid ? t : null);
        Spellings.Hold(Spellings.Prose, t => new PupilReportValidator().Validate(new PupilReport(Guid.AllBitsSet, t)).IsValid ? t : null);
    }

    [Fact]
    public void schools() =>
        Spellings.Hold(
            Spellings.Schools,
            t => Kept(Request with { Pupil = Request.Pupil with { SchoolUai = t } }, "pupil.schoolUai")?.Pupil.SchoolUai
        );

    [Fact]
    public void levels() =>
        Spellings.Hold(Spellings.Levels, t => Kept(Request with { Pupil = Request.Pupil with { Level = t } }, "pupil.level")?.Pupil.Level);

    private static EnrolmentRequest With(string? email = null, string? phone = null) =>
        Request with
        {
            Guardians = [Request.Guardians[0] with { Email = email, Phone = phone }],
        };

    /// <summary>The content as it is kept; null when the field is refused with a reason, beside it.</summary>
    private static EnrolmentContent? Kept(EnrolmentRequest request, string field)
    {
        var result = new EnrolmentRequestValidator().Validate(request);
        if (result.IsValid)
            return request.ToContent();
        var (name, reasons) = Validation.ByField(result).ShouldHaveSingleItem();
        name.ShouldBe(field);
        reasons.ShouldHaveSingleItem().ShouldNotBeEmpty();
        return null;
    }
}
