using System.Linq.Expressions;
using System.Reflection;
using Marten.Linq.MatchesSql;

namespace Stages.ServiceDefaults;

/// <summary>Conditions that LINQ has no words for.</summary>
public static class SqlConditions
{
#pragma warning disable RS0030 // The one place that may.
    private static readonly MethodInfo Matches = new Func<object, string, object[], bool>(MatchesSqlExtensions.MatchesSql).Method;
#pragma warning restore RS0030

    /// <summary>
    /// Those that match this condition in SQL on <c>d</c>. Values are given as they are: written out in a lambda, each query would have
    /// the runtime compile an expression to learn them, which costs more than all the rest of accepting an enrolment.
    /// </summary>
    /// <param name="values">One for each <c>?</c>.</param>
    public static IQueryable<T> WhereSql<T>(this IQueryable<T> documents, string condition, params object[] values)
    {
        var document = Expression.Parameter(typeof(T));
        var matches = Expression.Call(Matches, document, Expression.Constant(condition), Expression.Constant(values));
        return documents.Where(Expression.Lambda<Func<T, bool>>(matches, document));
    }
}
