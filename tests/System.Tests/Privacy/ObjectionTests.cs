using System.Net;
using System.Net.Http.Json;
using Npgsql;
using Shouldly;
using Stages.SystemTests.Api;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Privacy;

/// <summary>All services, with coordinators of two territories.</summary>
public sealed class CoordinatedStack : Stack
{
    public const string Herault = "herault@coord.example";
    public const string Gard = "gard@coord.example";

    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
        [
            new("Portal:CoordinatorsEvery", "00:00:01"),
            new("Portal:Staff:1:Email", Herault),
            new("Portal:Staff:1:Role", "coordinator"),
            new("Portal:Staff:1:Territory", "034"),
            new("Portal:Staff:2:Email", Gard),
            new("Portal:Staff:2:Role", "coordinator"),
            new("Portal:Staff:2:Territory", "030"),
        ];
}

/// <summary>One installation for all that is asked of people's data.</summary>
[CollectionDefinition(Name)]
public sealed class PrivacyCollection : ICollectionFixture<CoordinatedStack>
{
    public const string Name = "privacy";
}

/// <summary>A guardian objects: by way of three services the coordinators of that school hear of it, and nobody else does.</summary>
[Collection(PrivacyCollection.Name)]
public sealed class ObjectionTests(CoordinatedStack stack)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task the_coordinator_of_the_territory_is_written_to_and_nobody_else()
    {
        await Eventually.True(KnowsCoordinators);
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        var campaign = await Example.Opened(coordinator, "Accord");
        using var anne = stack.Client("family", "anne@objections.example");
        using var paul = stack.Client("family", "paul@objections.example");
        var guardians = new[] { ("Anne Un", "anne@objections.example", (string?)null), ("Paul Deux", "paul@objections.example", null) };
        var id = await anne.Enrol(campaign, "Lina", "Exemple", guardians);
        using var objected = await paul.PutAsJsonAsync($"/api/enrolments/{id}/objection", new { reason = "Motif privé" }, Cancel);
        objected.StatusCode.ShouldBe(HttpStatusCode.OK);

        var mailbox = new MailFolder(stack.MailFolder);
        var told = await Eventually.Is(() => Task.FromResult(To(CoordinatedStack.Herault)), mail => mail is not null);
        foreach (var word in new[] { "Lina", "Exemple", "Paul", "Motif" })
            told!.ToString().ShouldNotContain(word);
        To(CoordinatedStack.Gard).ShouldBeNull();
        To("coordinator@example.org").ShouldBeNull("the territory has somebody of its own");

        MimeKit.MimeMessage? To(string email) =>
            mailbox
                .To(email, "guardian-objected")
                .SingleOrDefault(m => m.TextBody!.Contains($"/coordination/{campaign}/inscriptions/{id}", StringComparison.Ordinal));
    }

    private async Task<bool> KnowsCoordinators()
    {
        await using var database = NpgsqlDataSource.Create(stack.Realm.Postgres);
        await using var command = database.CreateCommand(
            "select count(*) from notification.mt_doc_knowncoordinators where data::text like '%' || $1 || '%'"
        );
        command.Parameters.Add(new() { Value = CoordinatedStack.Herault });
        return (long)(await command.ExecuteScalarAsync(Cancel))! == 1;
    }
}
