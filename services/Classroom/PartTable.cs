using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.Classrooms;

/// <summary>
/// The numbered parts of something large that belongs to a module: a plain table and no events, read part by part and deleted by one
/// statement, at <c>forget_at</c> at the latest. In the database and not in a folder: each copy of the service can give them out.
/// </summary>
/// <param name="table">In the schema of this service.</param>
/// <param name="whole">Column of what they are parts of.</param>
/// <param name="columns">What a part holds, with PostgreSQL's types.</param>
public sealed class PartTable(string table, string whole, params (string Name, string Type)[] columns)
{
    private const string Schema = "classroom";

    public string Name { get; } = $"{Schema}.{table}";

    /// <summary>Of what, number, module, the table's own columns, when to forget it. A part that is there already stays.</summary>
    public string Insert { get; } =
        $"insert into {Schema}.{table} ({whole}, number, module_id, {string.Join(", ", columns.Select(c => c.Name))}, forget_at) "
        + $"values (?, ?, ?, {string.Join(", ", columns.Select(_ => "?"))}, ?) on conflict do nothing";

    /// <summary>Of a module, all of one thing.</summary>
    public string Delete { get; } = $"delete from {Schema}.{table} where module_id = ? and {whole} = ?";

    public string DeleteOfModules { get; } = $"delete from {Schema}.{table} where module_id = any(?)";

    /// <summary>What should be forgotten before an instant: all of it as soon as its first part is due.</summary>
    public string Forget { get; } =
        $"delete from {Schema}.{table} where {whole} in (select {whole} from {Schema}.{table} where forget_at < ?)";

    public void AddTo(StoreOptions options)
    {
        var described = new Table(new PostgresqlObjectName(Schema, table, SchemaUtils.IdentifierUsage.General));
        described.AddColumn<Guid>(whole).AsPrimaryKey();
        described.AddColumn<int>("number").AsPrimaryKey();
        described.AddColumn<Guid>("module_id").NotNull().AddIndex();
        foreach (var (name, type) in columns)
            described.AddColumn(name, type).NotNull();
        described.AddColumn<DateTimeOffset>("forget_at").NotNull().AddIndex();
        options.Storage.ExtendedSchemaObjects.Add(described);
    }

    /// <param name="what">Columns or sums, as SQL has them.</param>
    /// <param name="number">All parts when absent.</param>
    public NpgsqlCommand Select(NpgsqlDataSource database, string what, Guid module, Guid of, int? number = null)
    {
        var one = number is null ? "" : " and number = $3";
        var command = database.CreateCommand($"select {what} from {Name} where module_id = $1 and {whole} = $2{one}");
        command.Parameters.AddWithValue(module);
        command.Parameters.AddWithValue(of);
        if (number is { } part)
            command.Parameters.AddWithValue(part);
        return command;
    }
}
