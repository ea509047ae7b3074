using System.Globalization;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using Stages.Vocabulary;

namespace Stages.ServiceDefaults;

/// <summary>
/// What lies beside documents and log and may name somebody: messages that wait or were set aside, and jobs with their arguments. What is
/// about somebody who is forgotten goes, and what has lain there too long.
/// </summary>
public sealed class Leftovers(IDocumentStore store, NpgsqlDataSource database, IServiceProvider services)
{
    /// <summary>Somebody else who looks into the error queues has them for a moment.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static readonly RetentionRule SetAside = new(
        "set-aside-messages",
        30,
        new LocalText(
            "Messages entre nos services qui n’ont pas pu être traités : depuis l’échec",
            "Messages between our services that could not be handled: since they failed"
        ),
        (services, before, cancel) => services.GetRequiredService<Leftovers>().TakeAway(m => LaidAt(m) is not { } at || at < before, cancel)
    );

    /// <summary>Jobs that were done go by themselves within a day.</summary>
    public static readonly RetentionRule FailedJobs = new(
        "failed-jobs",
        30,
        new LocalText("Tâches de fond qui ont échoué : depuis leur création", "Background jobs that failed: since they were made"),
        async (services, before, cancel) =>
        {
            var gone = 0;
            foreach (var jobs in services.GetServices<JobSchema>())
            {
                await using var command = services
                    .GetRequiredService<NpgsqlDataSource>()
                    .CreateCommand($"delete from {jobs.Name}.job where statename = 'Failed' and createdat < $1");
                command.Parameters.Add(new() { Value = before });
                gone += await command.ExecuteNonQueryAsync(cancel);
            }
            return gone;
        }
    );

    /// <summary>
    /// Whatever names the account, anywhere in it: a message names a person whole. What it would have told of others comes again with
    /// what erasing tells.
    /// </summary>
    public Task ForgetAccount(Guid account, CancellationToken cancel) => Forget(account, Names, cancel);

    /// <summary>
    /// What is about this one thing, such as an enrolment. Messages about many, that number it among others, are theirs too, and hold
    /// nothing but its number: they stay.
    /// </summary>
    public Task ForgetSubject(Guid subject, CancellationToken cancel) => Forget(subject, IsAbout, cancel);

    public static bool Names(ReadOnlySpan<byte> body, Guid id) => body.IndexOf(Encoding.ASCII.GetBytes(id.ToString())) >= 0;

    /// <summary>Whether a member of the message itself, and not one further inside, is this id.</summary>
    public static bool IsAbout(ReadOnlySpan<byte> body, Guid id)
    {
        if (!Names(body, id))
            return false;
        try
        {
            var message = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("message");
            return message
                .EnumerateObject()
                .Any(member => member.Value.ValueKind == JsonValueKind.String && member.Value.TryGetGuid(out var value) && value == id);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // No message of ours, and it names the id: whom it tells about cannot be said.
            return true;
        }
    }

    private delegate bool Rule(ReadOnlySpan<byte> body, Guid id);

    private async Task Forget(Guid id, Rule isMeant, CancellationToken cancel)
    {
        await ForgetParked(id, isMeant, cancel);
        foreach (var jobs in services.GetServices<JobSchema>())
            await ForgetJobs(jobs.Name, id, cancel);
        await TakeAway(message => isMeant(message.Body.Span, id), cancel);
    }

    private async Task ForgetParked(Guid id, Rule isMeant, CancellationToken cancel)
    {
        var table = $"{store.Options.DatabaseSchemaName}.parked_messages";
        var meant = new List<Guid>();
        await using (var find = database.CreateCommand($"select id, body from {table} where position(convert_to($1, 'UTF8') in body) > 0"))
        {
            find.Parameters.Add(new() { Value = id.ToString() });
            await using var rows = await find.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
                if (isMeant(rows.GetFieldValue<byte[]>(1), id))
                    meant.Add(rows.GetGuid(0));
        }
        await using var forget = database.CreateCommand($"delete from {table} where id = any ($1)");
        forget.Parameters.Add(new() { Value = meant.ToArray() });
        await forget.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>With what is written of each: parameters, and the fault of one that failed.</summary>
    private async Task ForgetJobs(string schema, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"""
            delete from {schema}.job j where j.invocationdata::text || j.arguments::text like '%' || $1 || '%'
              or exists (select 1 from {schema}.jobparameter p where p.jobid = j.id and p.value like '%' || $1 || '%')
              or exists (select 1 from {schema}.state s where s.jobid = j.id and s.data::text like '%' || $1 || '%')
            """
        );
        command.Parameters.Add(new() { Value = id.ToString() });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<int> TakeAway(Func<BasicGetResult, bool> isMeant, CancellationToken cancel)
    {
        // The Portal only says what it has to say.
        if (services.GetService<OwnQueue>() is not { } queue || await queue.Failed(cancel) == 0)
            return 0;
        var gone = 0;
        async Task Look() => gone = await queue.TakeAway(isMeant, cancel);
        return await Alone.Do(database, OwnQueue.Looking, Look, cancel, Patience)
            ? gone
            : throw new TimeoutException("Somebody else is looking into the error queues.");
    }

    /// <summary>When it was set aside, else sent; null where neither is written in it, which nothing of ours is.</summary>
    private static DateTimeOffset? LaidAt(BasicGetResult message) =>
        message.BasicProperties.Headers?.TryGetValue("MT-Fault-Timestamp", out var value) == true
        && value is byte[] text
        && DateTimeOffset.TryParse(
            Encoding.UTF8.GetString(text),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var failed
        )
            ? failed
            : RawMessage.SentIn(message.Body.ToArray());
}
