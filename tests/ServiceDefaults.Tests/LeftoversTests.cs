using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Stages.ServiceDefaults.Tests.Messages;
using Stages.Vocabulary;

namespace Stages.ServiceDefaults.Tests;

/// <summary>What waits or was set aside is forgotten with whom it is about, and nothing else is.</summary>
public sealed class LeftoversTests
{
    private static readonly Guid Id = Guid.Parse("01900000-0000-7000-8000-00000000000a");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"message":{"enrolmentId":"ID","name":"Zoé"}}""", true, true)]
    [InlineData("""{"message":{"pupils":[{"enrolmentId":"ID"}]}}""", true, false)]
    [InlineData("""{"message":{"name":"Zoé"},"conversationId":"ID"}""", true, false)]
    [InlineData("""{"message":{"name":"Zoé"}}""", false, false)]
    [InlineData("no message of ours, about ID", true, true)]
    [InlineData("""["ID"]""", true, true)]
    public void a_message_names_whom_it_numbers_and_is_about_whom_it_addresses(string text, bool names, bool isAbout)
    {
        var body = Encoding.UTF8.GetBytes(text.Replace("ID", Id.ToString(), StringComparison.Ordinal));
        Leftovers.Names(body, Id).ShouldBe(names);
        Leftovers.IsAbout(body, Id).ShouldBe(isAbout);
    }

    [Fact]
    public async Task what_names_an_account_leaves_the_error_queue_and_the_rest_is_given_back()
    {
        await using var small = await SmallService.Start();
        var host = await small.StartCopy(typeof(WordSaidConsumer), typeof(BugMetConsumer));
        var (anne, paul) = (PersonId.FromEmail("anne@example.org"), PersonId.FromEmail("paul@example.org"));
        var key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await small.Send(new BugMet($"about {anne}"));
        await small.Send(new WordSaid(key, $"about {anne}"));
        await small.Send(new BugMet($"about {paul}"));
        var waits = await small.Send(new WordSaid(key, $"about {paul}"));
        await Eventually.Is(small.FailedCount, count => count == 2);
        await Eventually.Is(small.Parked, parked => parked.Count == 2);

        await Eventually.True(async () => await host.Services.GetRequiredService<ForgetId>().Everywhere(anne, Cancel));

        await Eventually.Is(small.FailedCount, count => count == 1);
        (await small.Parked()).Keys.ShouldBe([waits]);
    }

    [Fact]
    public async Task what_was_set_aside_ends_with_its_period()
    {
        await using var small = await SmallService.Start();
        var host = await small.StartCopy(typeof(BugMetConsumer));
        await small.Send(new BugMet("a bug"));
        await small.SendRaw("no message", Id);
        await Eventually.Is(small.FailedCount, count => count == 2);
        var now = TimeProvider.System.GetUtcNow();
        (await Leftovers.SetAside.Forget(host.Services, now.AddDays(-30), Cancel)).ShouldBe(0);
        await Eventually.Is(small.FailedCount, count => count == 2);
        (await Leftovers.SetAside.Forget(host.Services, now.AddMinutes(5), Cancel)).ShouldBe(2);
        await Eventually.Is(small.FailedCount, count => count == 0);
    }
}
