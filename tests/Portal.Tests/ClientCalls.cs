using System.Reflection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Stages.Portal.Clients;

namespace Stages.Portal.Tests;

/// <summary>One call of a client as it goes over the wire.</summary>
/// <param name="Name">The method of the client.</param>
/// <param name="Answer">What it reads; null when it reads nothing, or says so nowhere.</param>
public sealed record ClientCall(string Name, string Method, string Path, IReadOnlyList<string> Query, string? Body, Type? Answer);

/// <summary>Calls every method of a client with made-up arguments and notes what it would have sent.</summary>
public static class ClientCalls
{
    public static async Task<IReadOnlyList<ClientCall>> Of(Type client)
    {
        var notes = new Notes();
        using var http = new HttpClient(notes) { BaseAddress = new Uri("http://service.example/") };
        await using var services = new ServiceCollection()
            .AddSingleton(http)
            .AddSingleton<Remembered>()
            .AddSingleton<PublicFacts>()
            .AddHybridCache()
            .Services.BuildServiceProvider();
        var made = ActivatorUtilities.CreateInstance(services, client);
        var calls = new List<ClientCall>();
        foreach (var method in client.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            notes.Sent.Clear();
            await (Task)method.Invoke(made, [.. method.GetParameters().Select(p => Make(p.ParameterType, p.Name!))])!;
            calls.AddRange(notes.Sent.Select(s => s with { Name = $"{client.Name}.{method.Name}", Answer = Read(method) }));
        }
        return calls;
    }

    /// <summary>The T of Task&lt;Answer&lt;T&gt;&gt;.</summary>
    private static Type? Read(MethodInfo method) =>
        method.ReturnType.GenericTypeArguments is [{ IsGenericType: true } answer] && answer.GetGenericTypeDefinition() == typeof(Answer<>)
            ? answer.GenericTypeArguments[0]
            : null;

    private static object? Make(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Make(inner, name);
        if (type == typeof(string))
            return name switch
            {
                "query" => "",
                "verb" => "decline",
                _ => "x",
            };
        if (type == typeof(Guid))
            return new Guid("01978a00-0000-7000-8000-000000000001");
        if (type == typeof(object))
            return new { };
        if (type.IsValueType && !type.IsGenericType)
            return Activator.CreateInstance(type);
        if (
            type.IsGenericType
            && type.GenericTypeArguments is [var key, var value]
            && type.Name.Contains("Dictionary", StringComparison.Ordinal)
        )
        {
            var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(key, value))!;
            dictionary.Add(Make(key, "")!, Make(value, ""));
            return dictionary;
        }
        if (type.IsArray || (type.IsInterface && type.IsGenericType))
        {
            var item = type.GetElementType() ?? type.GenericTypeArguments[0];
            var list = Array.CreateInstance(item, 1);
            list.SetValue(Make(item, ""), 0);
            return list;
        }
        var build = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var made = build.Invoke([.. build.GetParameters().Select(p => Make(p.ParameterType, p.Name!))]);
        // A form without parameters is filled in by its members.
        if (build.GetParameters().Length == 0)
            foreach (var member in type.GetProperties().Where(m => m.CanWrite))
                member.SetValue(made, Make(member.PropertyType, member.Name));
        return made;
    }

    private sealed class Notes : HttpMessageHandler
    {
        public List<ClientCall> Sent { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            var address = request.RequestUri!;
            Sent.Add(
                new ClientCall(
                    "",
                    request.Method.Method,
                    address.AbsolutePath,
                    [.. QueryHelpers.ParseQuery(address.Query).Keys],
                    body,
                    null
                )
            );
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }
    }
}
