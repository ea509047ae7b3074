using Stages.Notifications.Addresses;

namespace Stages.Notifications.Log;

public sealed record NothingToRetry(string Status)
    : Refusal(
        RefusalKind.Conflict,
        "nothing-to-retry",
        "Ce message est parti ou attend déjà : il n’y a rien à renvoyer.",
        "This message has gone or is waiting already: there is nothing to send again."
    )
{
    public override IReadOnlyDictionary<string, object?> Details => Detail("deliveryStatus", Status);
}

public sealed record NoWayToSend()
    : Refusal(
        RefusalKind.Conflict,
        "no-way-to-send",
        "Aucun moyen d’envoi n’atteint cette personne : appelez-la, puis marquez le message comme dit.",
        "Nothing of ours reaches this person: call them, then mark the message as told."
    );

public sealed record NotToBeRepeated()
    : Refusal(
        RefusalKind.Conflict,
        "not-to-be-repeated",
        "Un message de connexion ne se renvoie pas : la personne en demande un autre.",
        "A sign-in message is not sent again: the person asks for another."
    );

public sealed record WordsForgotten()
    : Refusal(
        RefusalKind.Conflict,
        "words-forgotten",
        "Les mots de ce message ne sont plus conservés : il ne peut plus être renvoyé.",
        "The words of this message are not kept any more: it cannot be sent again."
    );

/// <summary>What a coordinator may do about a delivery: have it tried again, or say that the person has been told.</summary>
public static class Corrections
{
    public static Refusal? Retry(LoggedDelivery? delivery, bool hasSms) =>
        delivery switch
        {
            null => new NotFound(),
            { Kind: SignInNotice.Name or ConfirmAddressNotice.Name } => new NotToBeRepeated(),
            { Status: Statuses.Failed or Statuses.Abandoned, ToDo: null } => new WordsForgotten(),
            { Status: Statuses.Failed or Statuses.Abandoned } => null,
            { Status: Statuses.Unsent, Channel: Channels.Sms, LastError: not Answers.NotTheirs } when hasSms => null,
            { Status: Statuses.Unsent } => new NoWayToSend(),
            var d => new NothingToRetry(d.Status),
        };

    public static Refusal? Tell(LoggedDelivery? delivery) =>
        delivery switch
        {
            null => new NotFound(),
            { Status: Statuses.Unsent or Statuses.Held or Statuses.Failed or Statuses.Abandoned } => null,
            var d => new NothingToRetry(d.Status),
        };

    /// <summary>From the beginning: a corrected mailbox deserves every attempt; what had become useless with time is wanted now.</summary>
    public static Task SetPending(NpgsqlDataSource database, Guid id, CancellationToken cancel) =>
        Set(
            "status = 'pending', attempts = 0, next_attempt = clock_timestamp(), created_at = clock_timestamp(), useless_after = null",
            "notice is not null and status <> 'held'",
            database,
            id,
            cancel
        );

    public static Task SetTold(NpgsqlDataSource database, Guid id, CancellationToken cancel) =>
        Set(
            "status = 'told', sent_at = clock_timestamp(), recipient_name = null, address = null, phone = null, notice = null",
            "true",
            database,
            id,
            cancel
        );

    /// <summary>Only of what has not reached anybody, should it have gone meanwhile.</summary>
    private static async Task Set(string what, string where, NpgsqlDataSource database, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"update {DeliveryTable.Name} set {what} where id = $1 and status in ('failed', 'abandoned', 'unsent', 'held') and {where}"
        );
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
