using static Stages.Scheduling.Sql;

namespace Stages.Scheduling;

/// <summary>
/// The database's word that a transaction which changed stages has committed: see <see cref="TimetableFeed"/>. Who did it goes with
/// the word, because the snapshot of a stage does not know.
/// </summary>
/// <remarks>
/// Made by the schema's owner beside Marten's schema, and no piece of it: that one drops a function whose text has changed before it
/// makes the new one, which the database refuses as long as a trigger needs it.
/// </remarks>
public static class StageTrigger
{
    public const string Channel = "scheduling_stages";

    /// <summary>Whether the database will speak.</summary>
    public const string Speaks = """
        select exists (select from pg_trigger
          where tgrelid = to_regclass('scheduling.mt_events') and tgname = 'tell_stages' and tgenabled <> 'D')
        """;

    private static readonly string By = Value("new.data", nameof(StageMoved.By));

    public static readonly string Make = $"""
        create or replace function scheduling.tell_stages() returns trigger language plpgsql as $$
        begin
          perform pg_notify('{Channel}', json_build_object('stage', new.stream_id, 'what', new.type,
            'id', {Text(By, nameof(Actor.Id))}, 'by', {Text(By, nameof(Actor.Name))})::text);
          return null;
        end $$;
        create or replace trigger tell_stages after insert on scheduling.mt_events for each row
          when (new.type like 'stage\_%' or new.type like 'substitute\_%' or new.type like 'teacher\_%'
            or new.type like 'seat\_%' or new.type = 'pupil_left')
          execute function scheduling.tell_stages();
        """;
}
