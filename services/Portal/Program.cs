using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Stages.Portal;
using Stages.Portal.Accounts.Letters;
using Stages.Portal.Gateway;
using Stages.Portal.Imports;
using Stages.Portal.Pages;
using Stages.Portal.Staff;

var builder = WebApplication.CreateBuilder(args);

// Run from a build and not from a published folder, the assets are where the build says.
Microsoft.AspNetCore.Hosting.StaticWebAssets.StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
builder.AddStagesHttp("portal", typeof(Program).Assembly);
builder.AddEventStore(
    "portal",
    options =>
    {
        options.Projections.Snapshot<StaffMember>(JasperFx.Events.Projections.SnapshotLifecycle.Inline);
        options.Projections.Snapshot<SecondFactor>(JasperFx.Events.Projections.SnapshotLifecycle.Inline);
        options.Schema.For<BrowserSession>().Index(s => s.Person);
        options.Schema.For<AccountLetter>().Index(l => l.Person);
        options.Schema.For<ReaderLanguage>();
        SignInSetup.AddTo(options);
        options.Schema.For<SealingKey>().Identity(k => k.Id);
        options.Schema.For<ImportSheet>().Index(s => s.At).UseOptimisticConcurrency(true);
        ImportFile.AddTo(options);
    },
    null
);

builder.AddVirusScanner();
builder.Keeps(ForgetSheets.Rule, ReaderLanguage.Rule);
builder.Services.AddSingleton(ForgetSignIns.Rule);

var services = builder.Services;
services.AddHttpContextAccessor();
services
    .AddSingleton<TokenMint>()
    .AddSingleton<Outward>()
    .AddSingleton<PersonalData>()
    .AddSingleton<OwnData>()
    .AddSingleton<RetentionFacts>()
    .AddSingleton<ApiDocument>();
services.AddSingleton<StaffDirectory>().AddHostedService<FirstStaff>().AddHostedService<TellCoordinators>();
services.AddSingleton<AuthenticatorApp>().AddSingleton<Passkeys>().AddSingleton<SecondFactorDesk>();
services.AddSingleton<AccountHolders>().AddSingleton<AccountNotes>().AddTransient<AuditJournal>();
services.AddSingleton<SessionDesk>().AddHostedService<SessionSweep>().AddHostedService<AccountPost>();
services.AddSignIns(builder.Configuration);
services.AddSingleton<Providers>().AddSingleton<PhoneNumbers>().AddSingleton<PublicFacts>();
services.AddSingleton<ProviderHealth>().AddHostedService(s => s.GetRequiredService<ProviderHealth>());
services.AddTransient<ProvenAddresses>();
services.AddServiceClient<NotificationClient>("Notification");
services.AddServiceClient<ClassroomClient>("Classroom");
services.AddServiceClient<EnrolmentClient>("Enrolment");
services.AddServiceClient<SchedulingClient>("Scheduling");
services.AddTransient<Importer>().AddSingleton<ImportDesk>();
services.AddSingleton<ImportWork>().AddHostedService(s => s.GetRequiredService<ImportWork>());
services.AddSingleton<KeyRing>();
services.AddSingleton(new SealingSecrets(builder.Configuration));
services.AddDataProtection().SetApplicationName("stages-portal");
services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(o =>
    (o.XmlRepository, o.XmlEncryptor) = (s.GetRequiredService<KeyRing>(), new SealKeys(s.GetRequiredService<SealingSecrets>()))
));
services.AddAntiforgery(o =>
{
    o.HeaderName = OwnForms.Header;
    o.FormFieldName = OwnForms.Field;
    o.Cookie.Name = "stages-form";
    // SafeHeaders says it, more strictly.
    o.SuppressXFrameOptionsHeader = true;
});
services.AddSessions(builder.Configuration, builder.Environment);
services.CloseCookies();
services.AddAdmission();
services.AddGateway(builder.Configuration);
services.AddPages();

var app = builder.Build();
app.UsePortal();
app.MapMe();
MySessions.Map(app);
LocalSession.Map(app);
ReadJournal.Map(app);
app.MapApiDocument();
app.MapGateway();
app.MapPages();
OpenId.Map(app);
ProviderSession.Map(app);
app.RunOrMigrate();

public partial class Program;
