using System.Text.Json;

namespace Stages.Scheduling.Campaigns;

/// <summary>
/// Who decided what in a campaign, the newest first, straight from the log: nothing in it can be changed. What one decision did to
/// many stages at once is one line with their number.
/// </summary>
public static class ReadHistory
{
    /// <summary>By the name of the event in the log.</summary>
    public static readonly IReadOnlyDictionary<string, (string Fr, string En)> Texts = new Dictionary<string, (string Fr, string En)>(
        StringComparer.Ordinal
    )
    {
        ["campaign_opened"] = ("Campagne ouverte", "Campaign opened"),
        ["campaign_changed"] = ("Campagne modifiée", "Campaign changed"),
        ["campaign_closed"] = ("Campagne close", "Campaign closed"),
        ["seed_revealed"] = ("Tirage au sort rendu public", "Lot made public"),
        ["offer_declared"] = ("Proposition d’un enseignant", "A teacher’s offer"),
        ["offer_changed"] = ("Proposition modifiée", "Offer changed"),
        ["offer_withdrawn"] = ("Proposition retirée", "Offer withdrawn"),
        ["offer_forgotten"] = ("Proposition effacée", "Offer erased"),
        ["author_accepted"] = ("Enseignant accepté", "Teacher accepted"),
        ["author_refused"] = ("Enseignant refusé", "Teacher refused"),
        ["pairing_requested"] = ("Appariement demandé", "Pairing requested"),
        ["pairing_started"] = ("Appariement commencé", "Pairing started"),
        ["timetable_proposed"] = ("Proposition de planning calculée", "Timetable proposed"),
        ["pairing_failed"] = ("Appariement échoué", "Pairing failed"),
        ["pairing_cancelled"] = ("Appariement annulé", "Pairing cancelled"),
        ["adoption_started"] = ("Adoption d’une proposition", "Adoption of a proposal"),
        ["timetable_adopted"] = ("Proposition adoptée", "Proposal adopted"),
        ["timetable_published"] = ("Planning publié", "Timetable published"),
        ["stage_drafted"] = ("Stage créé", "Stage drafted"),
        ["stage_moved"] = ("Stage déplacé ou modifié", "Stage moved or changed"),
        ["stage_approved"] = ("Stage validé", "Stage approved"),
        ["stage_rejected"] = ("Stage rejeté", "Stage rejected"),
        ["stage_replaced"] = ("Stage remplacé par un autre planning", "Stage replaced by another timetable"),
        ["stage_pinned"] = ("Stage épinglé", "Stage pinned"),
        ["stage_unpinned"] = ("Stage désépinglé", "Stage unpinned"),
        ["stage_published"] = ("Stage publié", "Stage published"),
        ["teacher_left"] = ("Un stage a perdu son enseignant", "A stage lost its teacher"),
        ["substitute_invited"] = ("Remplaçant invité", "Substitute invited"),
        ["substitute_declined"] = ("Invitation déclinée", "Invitation declined"),
        ["teacher_replaced"] = ("Remplaçant confirmé", "Substitute confirmed"),
        ["pupil_left"] = ("Une place s’est libérée", "A place became free"),
        ["seat_offered"] = ("Place proposée à la liste d’attente", "Place offered to the waiting list"),
        ["seat_confirmed"] = ("Place confirmée par une famille", "Place confirmed by a family"),
    };

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/campaigns/{campaignId:guid}/history",
                async (
                    Guid campaignId,
                    string? after,
                    int? limit,
                    string? what,
                    string? who,
                    NpgsqlDataSource database,
                    IQuerySession reads,
                    CancellationToken cancel
                ) =>
                {
                    var size = Paging.Size(limit);
                    await using var command = database.CreateCommand(CampaignQueries.History);
                    command.Parameters.AddWithValue("campaign", campaignId);
                    command.Parameters.AddWithValue(
                        "before",
                        long.TryParse(after, System.Globalization.CultureInfo.InvariantCulture, out var last) ? last : long.MaxValue
                    );
                    command.Parameters.AddWithValue("limit", size + 1);
                    command.Parameters.AddWithValue("what", what is { Length: > 0 } ? Snake(what) : DBNull.Value);
                    command.Parameters.AddWithValue("who", who?.Trim() is { Length: > 0 } name ? name.ToLowerInvariant() : DBNull.Value);
                    var rows = new List<(HistoryEntry Entry, Guid[] Streams, long Last)>();
                    await using var reader = await command.ExecuteReaderAsync(cancel);
                    while (await reader.ReadAsync(cancel))
                    {
                        var type = reader.GetString(1);
                        var count = (int)reader.GetInt64(4);
                        var streams = reader.GetFieldValue<Guid[]>(5);
                        rows.Add(
                            (
                                new HistoryEntry(
                                    reader.GetFieldValue<DateTimeOffset>(0),
                                    JsonNamingPolicy.CamelCase.ConvertName(Pascal(type)),
                                    TextOf(type, count),
                                    reader.GetString(2),
                                    Text(3),
                                    count,
                                    count == 1 ? streams[0] : null,
                                    Text(6)
                                ),
                                streams,
                                reader.GetInt64(7)
                            )
                        );
                    }
                    var next = rows.Count > size ? rows[size - 1].Last.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
                    var shown = rows.Take(size).ToArray();
                    var stages = (await reads.LoadManyAsync<Stage>(cancel, [.. shown.SelectMany(r => r.Streams).Distinct()])).ToDictionary(
                        s => s.Id
                    );
                    return Results.Ok(new Page<HistoryEntry>([.. shown.Select(r => Named(r.Entry, r.Streams))], next));

                    HistoryEntry Named(HistoryEntry entry, Guid[] streams)
                    {
                        HistoryStage[] about =
                        [
                            .. streams.Distinct().Select(id => stages.GetValueOrDefault(id)).OfType<Stage>().Select(Of),
                        ];
                        return entry.Count == 1 ? entry with { Stage = about.FirstOrDefault() } : entry with { Stages = about };
                    }

                    static HistoryStage Of(Stage stage) => new(stage.Id, stage.Subject, string.Join('-', stage.Levels), stage.Week);

                    string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
                }
            )
            // What was decided about a stage says nothing of other territories' people, but much of their coordinators.
            .ForWholeAcademie()
            .Produces<Page<HistoryEntry>>();

    private static string TextOf(string type, int count)
    {
        var (fr, en) = Texts.GetValueOrDefault(type, (type, type));
        return count == 1 ? Say.In(fr, en) : $"{Say.In(fr, en)} × {count}";
    }

    private static string Snake(string camel) =>
        string.Concat(camel.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : c.ToString()));

    private static string Pascal(string snake) => string.Concat(snake.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
