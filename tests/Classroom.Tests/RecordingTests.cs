using CsCheck;
using Shouldly;
using Stages.Api.Classroom;
using Stages.Classrooms.Recordings;
using Stages.Classrooms.Rooms;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>Who watches a recording, and how a browser reads any part of it.</summary>
public sealed class RecordingTests
{
    private static readonly DateTimeOffset Now = new(2027, 2, 8, 9, 0, 0, TimeSpan.Zero);

    private static readonly RecordingRule ForStaff = new(Guid.Empty, true, 7);

    private static RecordingRule Opened(DateTimeOffset at) => ForStaff.Changed(new(true, 7, ForFamilies: true), at);

    private static ClassModule Lesson(double inMinutes) =>
        new(Guid.Empty, Guid.Empty, Guid.Empty, Now.AddMinutes(inMinutes), Now.AddMinutes(inMinutes + 120), 4, false);

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    [InlineData(-200, false)]
    [InlineData(10_000, true)]
    public void families_watch_what_was_recorded_after_they_were_allowed_to(double startsInMinutes, bool watched) =>
        new Watcher(false, Opened(Now)).Sees(Lesson(startsInMinutes)).ShouldBe(watched);

    [Fact]
    public void who_keeps_the_class_watches_all_and_families_nothing_where_they_may_not()
    {
        new Watcher(true, ForStaff).Sees(Lesson(0)).ShouldBeTrue();
        new Watcher(false, ForStaff).Sees(Lesson(100)).ShouldBeFalse();
    }

    [Fact]
    public void saying_it_again_takes_nothing_from_families_and_taking_it_back_does()
    {
        var again = Opened(Now).Changed(new(true, 3, ForFamilies: true), Now.AddDays(1));
        again.ShouldBe(new RecordingRule(Guid.Empty, true, 3, Now));
        var back = again.Changed(new SetRecordingRuleRequest(true), Now.AddDays(2));
        back.FamiliesSince.ShouldBeNull();
        back.Changed(new(true, 7, ForFamilies: true), Now.AddDays(3)).IsForFamilies(Now.AddDays(1)).ShouldBeFalse();
    }

    [Fact]
    public async Task any_part_of_a_film_is_what_was_sent()
    {
        var films = Gen.Byte.Array[1, 40].Array[0, 12];
        await Gen.Select(films, Gen.Double[0, 1], Gen.Int[1, 50])
            .SampleAsync(
                async (pieces, at, size) =>
                {
                    byte[] whole = [.. pieces.SelectMany(p => p)];
                    await using var film = new Film([.. pieces.Select(p => p.Length)], (n, _) => Task.FromResult<byte[]?>(pieces[n]));
                    film.Length.ShouldBe(whole.Length);
                    var from = (int)(at * whole.Length);
                    film.Seek(from, SeekOrigin.Begin);
                    using var read = new MemoryStream();
                    await film.CopyToAsync(read, size);
                    read.ToArray().ShouldBe(whole[from..]);
                },
                iter: 200
            );
    }

    [Fact]
    public async Task a_film_that_is_deleted_while_somebody_watches_ends()
    {
        await using var film = new Film([2, 2], (n, _) => Task.FromResult(n == 0 ? new byte[] { 1, 2 } : null));
        using var read = new MemoryStream();
        await film.CopyToAsync(read, TestContext.Current.CancellationToken);
        read.ToArray().ShouldBe([1, 2]);
    }
}
