using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

public sealed class HashIdTests
{
    private static readonly DateTimeOffset Instant = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void one_text_makes_another_id_in_each_space() =>
        IdSpace.All.Select(s => HashId.Of(s, "one")).Distinct().Count().ShouldBe(IdSpace.All.Count);

    [Fact]
    public void no_space_begins_another()
    {
        foreach (var one in IdSpace.All)
        foreach (var other in IdSpace.All.Where(s => s != one))
            other.Opening.ShouldNotStartWith(one.Opening);
    }

    [Fact]
    public void ids_of_streams_never_change() =>
        HashId.Of(IdSpace.Timetable, "0192f8a0-0000-7000-8000-000000000001").ShouldBe(new Guid("a22a1f18-59f9-83fb-9cb4-ced514e2629c"));

    [Theory]
    [InlineData("parent@example.org")]
    [InlineData(" Parent@Example.ORG. ")]
    public void an_account_is_its_address_however_written(string email)
    {
        PersonId.FromEmail(email).ShouldBe(new Guid("c52c364b-8b78-8ab1-b5c6-f7ac753993a4"));
        PersonId.Of(EmailAddress.Parse(email)).ShouldBe(PersonId.FromEmail(email));
    }

    [Theory]
    [InlineData("06 39 98 00 01")]
    [InlineData("+33 (0)6 39 98 00 01")]
    [InlineData("+330639980001")]
    [InlineData("+33639980001")]
    public void an_account_is_its_number_however_written(string phone)
    {
        PersonId.FromPhone(phone).ShouldBe(new Guid("986dc413-214e-8036-9188-fd2d1db50ed3"));
        PersonId.Of(PhoneNumber.Parse(phone)).ShouldBe(PersonId.FromPhone(phone));
    }

    [Fact]
    public void an_id_says_its_version()
    {
        HashId.Of(IdSpace.Delivery, "x").Version.ShouldBe(8);
        HashId.At(Instant, IdSpace.Stage, "x").Version.ShouldBe(7);
        HashId.At(Instant, IdSpace.Stage, "x").Variant.ShouldBeInRange(8, 11);
    }

    [Fact]
    public void an_id_of_an_instant_sorts_by_it()
    {
        var (early, late) = (HashId.At(Instant, IdSpace.Stage, "b"), HashId.At(Instant.AddMilliseconds(1), IdSpace.Stage, "a"));
        string.CompareOrdinal(early.ToString(), late.ToString()).ShouldBeLessThan(0);
    }
}
