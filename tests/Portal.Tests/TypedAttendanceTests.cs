using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Stages.Api.Classroom;
using Stages.Portal.Pages.Teacher;

namespace Stages.Portal.Tests;

/// <summary>« Tous présents », but for these.</summary>
public sealed class TypedAttendanceTests
{
    private static readonly Guid Module = new(9, 0, 0, new byte[8]);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    /// <param name="recorded">Minutes of each pupil as they stand.</param>
    /// <param name="typed">By pupil: minutes, or « x » for the box of the absent; what is not named is sent as it stands.</param>
    [Theory]
    [InlineData("0 50 120", true, "", "0=120 1=120")]
    [InlineData("0 50 120", true, "1=x", "0=120 1=0")]
    [InlineData("0 50 120", true, "1=90", "0=120 1=90")]
    [InlineData("0 50 120", true, "2=x", "0=120 1=120 2=0")]
    [InlineData("0 50 120", false, "", "")]
    [InlineData("0 50 120", false, "1=x", "1=0")]
    [InlineData("0 50 120", false, "1=51 2=0", "1=51 2=0")]
    [InlineData("120 120", true, "", "")]
    [InlineData("120 120", true, "0=x 1=hier", "0=0")]
    [InlineData("", true, "", "")]
    public void what_is_said_of_one_goes_before_what_is_said_of_all(string recorded, bool all, string typed, string changed)
    {
        PupilAttendance[] pupils =
        [
            .. recorded
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(
                    (m, i) => new PupilAttendance(Id(i), "Léa", int.Parse(m, CultureInfo.InvariantCulture), 0, "classroom", null, false, [])
                ),
        ];
        var posted = pupils.ToDictionary(
            p => $"minutes.{Module}.{p.EnrolmentId}",
            p => new StringValues(p.MinutesPresent.ToString(CultureInfo.InvariantCulture)),
            StringComparer.Ordinal
        );
        if (all)
            posted[$"all.{Module}"] = "yes";
        foreach (var (pupil, said) in typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => (Id(t[0] - '0'), t[2..])))
            posted[(said == "x" ? "absent" : "minutes") + $".{Module}.{pupil}"] = said == "x" ? "yes" : said;
        var changes = TypedAttendance.Read(new FormCollection(posted), Module, pupils).Changes(pupils, 120);
        string.Join(' ', changes.Select(c => $"{Array.FindIndex(pupils, p => p.EnrolmentId == c.EnrolmentId)}={c.MinutesPresent}"))
            .ShouldBe(changed);
    }
}
