using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("06 12 34 56 78", "+33612345678")]
    [InlineData("06.12.34.56.78", "+33612345678")]
    [InlineData("06-12-34-56-78", "+33612345678")]
    [InlineData("06/12/34/56/78", "+33612345678")]
    [InlineData("0612345678", "+33612345678")]
    [InlineData("06\u00a012\u00a034\u00a056\u00a078", "+33612345678")]
    [InlineData("06\u202f12\u202f34\u202f56\u202f78", "+33612345678")]
    [InlineData("\u200e+33 6 12 34 56 78\u202c", "+33612345678")]
    [InlineData("+33 6 12 34 56 78", "+33612345678")]
    [InlineData("+33 (0)6 12 34 56 78", "+33612345678")]
    [InlineData("+33 06 12 34 56 78", "+33612345678")]
    [InlineData("(+33) 6 12 34 56 78", "+33612345678")]
    [InlineData("0033 6 12 34 56 78", "+33612345678")]
    [InlineData("0033 0612345678", "+33612345678")]
    [InlineData("612345678", "+33612345678")]
    [InlineData("33612345678", "+33612345678")]
    [InlineData("07 81 23 45 67", "+33781234567")]
    [InlineData("04 67 12 34 56", "+33467123456")]
    [InlineData("09 76 12 34 56", "+33976123456")]
    [InlineData("０６ １２ ３４ ５６ ７８", "+33612345678")]
    public void what_french_people_write_is_one_number(string typed, string number) => Number(typed).ShouldBe(number);

    [Theory]
    [InlineData("0262 12 34 56", "+262262123456", false)]
    [InlineData("0692 12 34 56", "+262692123456", true)]
    [InlineData("06 93 12 34 56", "+262693123456", true)]
    [InlineData("0269 61 23 45", "+262269612345", false)]
    [InlineData("0639 12 34 56", "+262639123456", true)]
    [InlineData("0590 81 23 45", "+590590812345", false)]
    [InlineData("0690 12 34 56", "+590690123456", true)]
    [InlineData("0691 12 34 56", "+590691123456", true)]
    [InlineData("0594 21 23 45", "+594594212345", false)]
    [InlineData("0694 20 12 34", "+594694201234", true)]
    [InlineData("0596 30 12 34", "+596596301234", false)]
    [InlineData("0696 20 12 34", "+596696201234", true)]
    [InlineData("0697 10 12 34", "+596697101234", true)]
    [InlineData("0709 01 23 45", "+590709012345", true)]
    [InlineData("+262 (0)692 12 34 56", "+262692123456", true)]
    [InlineData("+33 692 12 34 56", "+262692123456", true)]
    [InlineData("+33 (0)692 12 34 56", "+262692123456", true)]
    [InlineData("692123456", "+262692123456", true)]
    [InlineData("262692123456", "+262692123456", true)]
    public void a_number_overseas_has_its_own_country_code(string typed, string number, bool mobile)
    {
        Number(typed).ShouldBe(number);
        var phone = PhoneNumber.Parse(typed);
        phone.IsMobile.ShouldBe(mobile);
        phone.IsFrench.ShouldBeTrue();
    }

    [Theory]
    [InlineData("06 39 98 00 01")]
    [InlineData("+33 6 39 98 00 01")]
    [InlineData("+33 (0)6 39 98 00 01")]
    [InlineData("0033639980001")]
    [InlineData("639980001")]
    public void the_range_of_fiction_comes_before_mayotte(string typed)
    {
        Number(typed).ShouldBe("+33639980001");
        PhoneNumber.Parse(typed).IsMobile.ShouldBeTrue();
    }

    [Theory]
    [InlineData("+44 7911 123456", "+447911123456", true)]
    [InlineData("+39 06 1234 5678", "+390612345678", false)]
    [InlineData("+1 202-555-0123", "+12025550123", true)]
    [InlineData("0034 612 34 56 78", "+34612345678", true)]
    [InlineData("+687 75 12 34", "+687751234", true)]
    public void other_countries_have_their_code(string typed, string number, bool mobile)
    {
        Number(typed).ShouldBe(number);
        PhoneNumber.Parse(typed).IsMobile.ShouldBe(mobile);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("06 39 98 00 1")]
    [InlineData("06 39 98 00 011")]
    [InlineData("+33 6 39 98 00")]
    [InlineData("+33 6 39 98 00 011")]
    [InlineData("123456")]
    [InlineData("1234567890")]
    [InlineData("07911 123456")]
    [InlineData("00 12 34 56 78")]
    [InlineData("06 12 34 56 78 ou 04 67 12 34 56")]
    [InlineData("0612345678 / 0467123456")]
    [InlineData("06 12 34 56 7O")]
    [InlineData("claire@example.org")]
    [InlineData("+")]
    [InlineData("++33612345678")]
    [InlineData("+999 123 456 789")]
    public void the_rest_is_refused(string? typed) => Number(typed).ShouldBeNull();

    [Theory]
    [InlineData("08 99 12 34 56")]
    [InlineData("+33 8 99 12 34 56")]
    [InlineData("08 20 12 34 56")]
    [InlineData("08 00 12 34 56")]
    [InlineData("3631")]
    [InlineData("112")]
    [InlineData("+881 6 1234 5678")]
    [InlineData("+870 773 111 632")]
    [InlineData("+44 70 1234 5678")]
    [InlineData("+1 500 555 0006")]
    public void at_these_nobody_is_reached(string typed)
    {
        PhoneNumber.TryParse(typed, out _, out var reason).ShouldBeFalse();
        reason.ShouldNotBeNull().En.ShouldStartWith("Nobody can be reached");
    }

    [Theory]
    [InlineData("+33639980001", "06 39 98 00 01")]
    [InlineData("+262692123456", "0692 12 34 56")]
    [InlineData("+447911123456", "+44 7911 123456")]
    public void people_see_it_as_they_write_it(string number, string shown)
    {
        PhoneNumber.Parse(number).Shown.Replace('\u00a0', ' ').ShouldBe(shown);
        PhoneNumber.Parse(PhoneNumber.Parse(number).Shown).ToString().ShouldBe(number);
    }

    [Fact]
    public void any_text_is_a_number_or_refused() =>
        Values.Hold<PhoneNumber>(
            "0123456789+ .-()\u00a0",
            "06 12 34 56 78",
            "+33 (0)6 39 98 00 01",
            "0692123456",
            "0709012345",
            "+447911123456",
            "0033612345678",
            "+5491123456789",
            "+390612345678"
        );

    private static string? Number(string? typed) => Values.Of<PhoneNumber>(typed);
}
