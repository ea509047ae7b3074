using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Stages.ServiceDefaults.Tests.Messages;

/// <summary>What is kept so that nothing is done twice is kept for its time, and no longer, in every service that has a store.</summary>
public sealed class ForgetNotesTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task notes_and_answers_are_swept_when_their_time_is_over()
    {
        await using var service = await SmallService.Start();
        var copy = await service.StartCopy(typeof(KeyLearnedConsumer));
        var now = TimeProvider.System.GetUtcNow();
        ConsumedMessage[] messages = [.. Ages(ForgetNotes.MessagesKept).Select(age => new ConsumedMessage(Id(now), now - age))];
        AnsweredRequest[] answers = [.. Ages(ForgetNotes.AnswersKept).Select(age => new AnsweredRequest(Id(now), "", Id(now), now - age))];
        await service.Journal.Decide(Decision.Nothing.AndStore(messages).AndStore(answers));

        await copy.Services.GetRequiredService<ForgetNotes>().Run(CancellationToken.None);

        await using var session = service.Store.QuerySession();
        (await session.Query<ConsumedMessage>().Select(m => m.Id).ToListAsync()).ShouldBe([messages[^1].Id]);
        (await session.Query<AnsweredRequest>().Select(r => r.Id).ToListAsync()).ShouldBe([answers[^1].Id]);
    }

    /// <summary>Long over, over by hours and by a moment; and not yet.</summary>
    private static TimeSpan[] Ages(TimeSpan kept) => [2 * kept, kept + TimeSpan.FromHours(3), kept + Moment, kept - Moment];

    private static Guid Id(DateTimeOffset now) => Guid.CreateVersion7(now);
}
