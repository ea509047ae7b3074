using System.Text;
using System.Text.Json;
using Npgsql;
using RabbitMQ.Client;
using Stages.Contracts.Enrolment;
using Stages.Testing;

namespace Stages.SystemTests.Privacy;

/// <summary>
/// What did not go through, and lies where nobody looks by the way: a message in an error queue, one that is parked, a job that failed.
/// </summary>
public static class Stuck
{
    private static readonly string Type = $"urn:message:{typeof(EnrolmentAcknowledged).Namespace}:{nameof(EnrolmentAcknowledged)}";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Waits for a campaign that never comes.</summary>
    public static Task Park(Stack stack, Guid enrolment, string word, string? email) =>
        Send(stack, JsonSerializer.SerializeToElement(Message(stack, enrolment, word, email), Json));

    /// <summary>Nobody can read when it happened: tried, and set aside.</summary>
    public static Task SetAside(Stack stack, Guid enrolment, string word, string? email)
    {
        var message = JsonSerializer.SerializeToNode(Message(stack, enrolment, word, email), Json)!;
        message["at"] = "no time";
        return Send(stack, JsonSerializer.SerializeToElement(message, Json));
    }

    /// <summary>As Hangfire keeps it. No job of ours names anybody: this is one of a version to come.</summary>
    public static async Task Job(Stack stack, Guid about, string word)
    {
        await using var database = NpgsqlDataSource.Create(stack.Realm.Postgres);
        await using var command = database.CreateCommand(
            """
            with made as (
              insert into hangfire_notification.job (statename, invocationdata, arguments, createdat)
              values ('Failed', '{"Type":"TellPerson","Method":"Run"}', jsonb_build_array($1::text, $2::text), now()) returning id)
            insert into hangfire_notification.state (jobid, name, createdat, data)
            select id, 'Failed', now(), jsonb_build_object('ExceptionMessage', $1::text || ' is not there') from made
            """
        );
        command.Parameters.Add(new() { Value = word });
        command.Parameters.Add(new() { Value = about.ToString() });
        await command.ExecuteNonQueryAsync();
    }

    private static EnrolmentAcknowledged Message(Stack stack, Guid enrolment, string word, string? email) =>
        new(
            enrolment,
            Guid.CreateVersion7(stack.Realm.Now),
            1,
            "submitted",
            word,
            "6e",
            [],
            [new GuardianToTell(email is null ? null : Vocabulary.PersonId.FromEmail(email), word, email, null, "fr")],
            stack.Realm.Now
        );

    private static async Task Send(Stack stack, JsonElement message)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(stack.Realm.RabbitMq) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var id = Guid.CreateVersion7(stack.Realm.Now);
        var body = JsonSerializer.Serialize(
            new
            {
                messageId = id,
                messageType = new[] { Type },
                sentTime = stack.Realm.Now,
                message,
            },
            Json
        );
        var properties = new BasicProperties
        {
            MessageId = id.ToString(),
            ContentType = "application/vnd.masstransit+json",
            DeliveryMode = DeliveryModes.Persistent,
        };
        await channel.BasicPublishAsync("", "notification", mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }
}
