using Shouldly;
using Stages.Portal.Gateway;
using Xunit;

namespace Stages.Portal.Tests;

/// <summary>Which copy of the Classroom service a seat goes to, wherever the gateway runs.</summary>
public sealed class OneCopyASeatTests
{
    private static readonly string[] Seats = [.. Enumerable.Range(0, 3000).Select(i => new Guid(i, 0, 0, new byte[8]).ToString())];

    private static string CopyOf(string seat, params string[] copies) => OneCopyASeat.Choose(seat, 0, copies, copy => copy);

    [Fact]
    public void a_seat_goes_to_one_copy_in_whatever_order_they_are_named() =>
        Seats.ShouldAllBe(s => CopyOf(s, "http://a", "http://b", "http://c") == CopyOf(s, "http://c", "http://a", "http://b"));

    [Fact]
    public void seats_are_shared_out_evenly()
    {
        foreach (var copy in Seats.GroupBy(s => CopyOf(s, "http://a", "http://b", "http://c")))
            copy.Count().ShouldBeInRange(900, 1100, copy.Key);
    }

    [Fact]
    public void each_turn_is_another_copy_until_all_have_been_asked() =>
        Enumerable
            .Range(0, 6)
            .Select(turn => OneCopyASeat.Choose(Seats[7], turn, ["http://a", "http://b", "http://c"], copy => copy))
            .Chunk(3)
            .ShouldAllBe(round => round.Distinct().Count() == 3 && round[0] == CopyOf(Seats[7], "http://a", "http://b", "http://c"));

    [Fact]
    public void a_copy_that_goes_moves_its_own_seats_alone()
    {
        foreach (var seat in Seats)
        {
            var (before, after) = (CopyOf(seat, "http://a", "http://b", "http://c"), CopyOf(seat, "http://a", "http://c"));
            if (before != "http://b")
                after.ShouldBe(before);
        }
    }
}
