using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stages.Vocabulary;

namespace Stages.ServiceDefaults;

/// <summary>
/// The shared plumbing of every service: <c>Program.cs</c> calls <see cref="AddStages"/> and <see cref="UseStages"/> and maps its
/// endpoints.
/// </summary>
public static class ServiceHost
{
    /// <summary>Largest request body, in bytes. No form of ours comes near it.</summary>
    public const long LargestBody = 256 * 1024;

    /// <summary>The language that somebody chose.</summary>
    public const string LanguageCookie = "stages-language";

    public static readonly CultureInfo[] Languages = [new("fr"), new("en")];

    /// <param name="schema">PostgreSQL schema of the service; also the name it carries in traces.</param>
    /// <param name="queue">Its queue, see <see cref="Bus.AddBus"/>.</param>
    /// <param name="store">Documents, snapshots and projections of the service.</param>
    /// <param name="toContracts">What its events say to others; null when nothing.</param>
    public static WebApplicationBuilder AddStages(
        this WebApplicationBuilder builder,
        string schema,
        string? queue,
        Action<StoreOptions> store,
        ToContracts? toContracts
    )
    {
        var assembly = Assembly.GetCallingAssembly();
        builder.AddStagesHttp(schema, assembly);
        builder.AddEventStore(schema, store, toContracts);
        builder.AddBus(queue, assembly);
        return builder;
    }

    /// <summary>Only what faces HTTP: JSON, languages, problems, tokens, health, telemetry.</summary>
    public static WebApplicationBuilder AddStagesHttp(this WebApplicationBuilder builder, string name, Assembly assembly)
    {
        builder.Configuration.AddLaunchEnvironment();
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        HomeZone.Use(builder.Configuration[HomeZone.Setting]);
        var address = PublicAddress.Read(builder.Configuration, builder.Environment);
        services.AddSingleton(address);
        services.AddHosts(builder.Configuration, builder.Environment, name);
        services.AddHybridCache();
        services.AddSingleton<Remembered>();
        builder.AddLogs(name);
        // Requests, SQL and pages of the log are the business of traces; a log line is for what somebody must know.
        foreach (
            var chatty in (string[])
                ["Microsoft.AspNetCore", "Microsoft.Hosting", "Marten", "Npgsql", "Hangfire", "System.Net.Http", "Yarp", "MassTransit"]
        )
            builder.Logging.AddFilter(chatty, LogLevel.Warning);
        // Each attempt that failed, with its stack: the last one is told as an error.
        builder.Logging.AddFilter("MassTransit.ReceiveTransport", LogLevel.Error);
        // Marten logs each failed command with its values and throws as well: lost races are ours to expect, and values are not for logs.
        builder.Logging.AddFilter("Marten.IDocumentStore", LogLevel.None);
        services.Configure<KestrelServerOptions>(k =>
        {
            k.Limits.MaxRequestBodySize = LargestBody;
            k.AddServerHeader = false;
            // A telephone on a bad day sends some KB a second; who sends less holds a connection and means nothing else.
            k.Limits.MinRequestBodyDataRate = new MinDataRate(1024, TimeSpan.FromSeconds(10));
        });
        InsideCertificate.AddTo(services, builder.Configuration);
        services.ConfigureHttpJsonOptions(o => Configure(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.Configure<RequestLocalizationOptions>(o =>
        {
            o.DefaultRequestCulture = new RequestCulture("fr");
            o.SupportedCultures = o.SupportedUICultures = Languages;
            foreach (var chosen in o.RequestCultureProviders.OfType<CookieRequestCultureProvider>())
                chosen.CookieName = address.CookieName(LanguageCookie);
        });
        services.AddProblemDetails();
        services.AddStagesTokens(name, builder.Configuration, builder.Environment);
        services.AddHealthChecks();
        services.AddOpenApi("v1");
        services.AddValidatorsFromAssembly(assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        ValidatorOptions.Global.LanguageManager.Enabled = true;
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(15));

        builder.AddObserving(name);
        return builder;
    }

    public static WebApplication UseStages(this WebApplication app)
    {
        app.UseHeadAsGet();
        app.UseRequestLocalization();
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandler = Problems.WriteException,
                AllowStatusCode404Response = true,
                // What is answered is written down with the number that the answer carries.
                SuppressDiagnosticsCallback = _ => true,
            }
        );
        app.UseStatusCodePages(context => Problems.WriteStatus(context.HttpContext));
        app.UseReadable();
        app.UseRouting();
        app.UseLargeBodies();
        app.UseReadableBodies();
        app.UseAudit(AuditTrail.ClientOf, others: _ => false);
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready") }).AllowAnonymous();
        app.MapOpenApi().AllowAnonymous();
        if (app.Services.GetService<Retention>() is not null)
            Retention.Map(app);
        if (app.Services.GetService<AuditLog>() is not null)
            ReadAudit.Map(app);
        return app;
    }

    /// <summary>
    /// Until the service is told to stop; or, with <c>--migrate=true</c>, only as long as it takes to bring its schemas up to date, and the
    /// broker to who reads what.
    /// </summary>
    public static void RunOrMigrate(this WebApplication app)
    {
        if (app.Configuration.GetValue<bool>("migrate"))
            Migrate(app.Services).GetAwaiter().GetResult();
        else
            app.Run();
    }

    private static async Task Migrate(IServiceProvider services)
    {
        await services.GetRequiredService<SchemaChanges>().Apply(CancellationToken.None);
        if (services.GetService<WhoReads>() is { } readers)
            await readers.Make(CancellationToken.None);
    }

    /// <summary>camelCase, enums as words, and no unknown field passes in silence.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions json)
    {
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.TypeInfoResolver = (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(WhatMayBeNullMayBeAbsent);
        json.AllowDuplicateProperties = false;
        json.MaxDepth = 32;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        json.Converters.Add(new ShortTime());
        json.Converters.Add(new UtcInstant());
        json.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return json;
    }

    /// <summary>A member that may be null need not be there: <c>"phone": null</c> and no phone say the same.</summary>
    private static void WhatMayBeNullMayBeAbsent(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
            if (
                member.IsRequired
                && member.AssociatedParameter is { } parameter
                && (parameter.IsNullable || Nullable.GetUnderlyingType(parameter.ParameterType) is not null)
            )
                member.IsRequired = false;
    }
}

/// <summary>A time of day as the API writes it: <c>09:00</c>.</summary>
public sealed class ShortTime : JsonConverter<TimeOnly>
{
    public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeOnly.TryParseExact(reader.GetString(), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new JsonException("A time of day is written 09:00.");

    public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("HH:mm", CultureInfo.InvariantCulture));
}

/// <summary>
/// An instant as the API writes it: UTC with <c>Z</c>. Read with any offset; one without is malformed, since nobody knows which
/// is meant.
/// </summary>
public sealed class UtcInstant : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        var time = text.IndexOf('T', StringComparison.Ordinal);
        var zoned = time > 0 && (text[^1] is 'Z' or 'z' || text.IndexOfAny(['+', '-'], time) > 0);
        return
            zoned
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            && Readable.IsPlausible(instant.Year)
            ? instant.ToUniversalTime()
            : throw new JsonException("An instant is written 2021-04-01T08:00:00Z.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
}
