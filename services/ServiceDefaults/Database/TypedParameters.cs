using NpgsqlTypes;

namespace Stages.ServiceDefaults;

internal static class TypedParameters
{
    /// <summary>In their order, each with its type: nothing says the type of one that is null.</summary>
    public static void Add(this NpgsqlParameterCollection parameters, params ReadOnlySpan<(NpgsqlDbType Type, object? Value)> values)
    {
        foreach (var (type, value) in values)
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
    }
}
