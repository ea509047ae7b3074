using System.Linq.Expressions;
using Stages.Vocabulary;
using Weasel.Postgresql.Tables;

namespace Stages.ServiceDefaults;

/// <summary>
/// People are found by what somebody remembers of their names: the beginning of any word, in any order and script, without accents or
/// apostrophes; and when nobody is, by words that are spelt nearly so.
/// </summary>
public static class NameSearch
{
    /// <summary>For the connection: what shares less of its trigrams with a name is not looked at more closely.</summary>
    public const string Setting = "pg_trgm.word_similarity_threshold=0.3";

    /// <summary>The index finds what is anything like it; letters that are wrong, missing or swapped are counted in what is left.</summary>
    private const string Mistyped = """
        ? <% d.words and exists (select 1 from unnest(string_to_array(d.words, ' ')) w
          where length(w) < 100 and levenshtein_less_equal(w, ?, ?) <= ?)
        """;

    private const int MostWords = 8;

    /// <summary>What a document is found by (<see cref="FoundBy"/>): the names in it, addresses too.</summary>
    public static string Words(params IEnumerable<string?> names) =>
        string.Concat(names.SelectMany(n => TextKey.Of(n).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(w => $" {w}"));

    /// <summary>What PostgreSQL needs for it.</summary>
    public static IServiceCollection AddNameSearch(this IServiceCollection services) =>
        services.AddSingleton(new DatabaseExtension("pg_trgm")).AddSingleton(new DatabaseExtension("fuzzystrmatch"));

    /// <summary>A column for what <see cref="Words"/> made, and an index of its trigrams.</summary>
    public static MartenRegistry.DocumentMappingExpression<T> FoundBy<T>(
        this MartenRegistry.DocumentMappingExpression<T> document,
        Expression<Func<T, object?>> words
    ) =>
        document.Duplicate(
            words,
            "text",
            null,
            index =>
            {
                index.Method = IndexMethod.gin;
                index.Mask = "? gin_trgm_ops";
            },
            false,
            false
        );

    /// <summary>Those that answer to every word of what was typed; nobody where it has no letter.</summary>
    public static async Task<IQueryable<T>> Named<T>(this IQueryable<T> people, string typed, CancellationToken cancel)
        where T : notnull
    {
        var words = TextKey.Of(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords).ToList();
        if (words.Count == 0)
            return people.WhereSql("false");
        var exact = words.Aggregate(people, (found, word) => found.WhereSql("d.words like ?", $"% {word}%"));
        return await exact.AnyAsync(cancel)
            ? exact
            : words.Aggregate(people, (found, word) => found.WhereSql(Mistyped, word, word, Slips(word), Slips(word)));
    }

    /// <summary>Two letters that changed places count as two.</summary>
    private static int Slips(string word) =>
        word.Length switch
        {
            < 4 => 0,
            < 6 => 1,
            _ => 2,
        };
}
