using Hangfire;
using Stages.Contracts;
using Stages.Notifications.Addresses;
using Stages.Notifications.Log;
using Stages.Notifications.Reminders;
using Stages.Notifications.SignIns;
using Stages.Notifications.Timetables;
using Weasel.Postgresql.Tables;

var builder = WebApplication.CreateBuilder(args);
builder.AddStages(
    DeliveryTable.Schema,
    Topology.Notification,
    store =>
    {
        store.Schema.For<KnownCampaign>();
        store.Schema.For<KnownCoordinators>();
        store
            .Schema.For<EnrolmentContact>()
            .UseOptimisticConcurrency(true)
            .Duplicate(c => c.People, pgType: "uuid[]", configure: i => i.Method = IndexMethod.gin);
        store.Schema.For<KnownAddress>().UseOptimisticConcurrency(true).Duplicate(a => a.Code);
        store.Schema.For<TeacherContact>().UseOptimisticConcurrency(true).Duplicate(t => t.PersonId!);
        store
            .Schema.For<KnownStage>()
            .UseOptimisticConcurrency(true)
            .Duplicate(s => s.Attending, pgType: "uuid[]", configure: i => i.Method = IndexMethod.gin);
        store.Schema.For<Reminder>().Duplicate(r => r.DueAt);
        store.Schema.For<AnswerReminder>().Duplicate(r => r.DueAt);
        store.Schema.For<PersonalCalendar>().UniqueIndex(Marten.Schema.UniqueIndexType.DuplicatedField, c => c.SecretHash);
        DeliveryTable.AddTo(store);
    },
    toContracts: null
);
builder.AddJobs("notification", workers: 2);

builder.Services.AddSingleton(MailSettings.Of(builder.Configuration, builder.Environment.IsLocalRun()));
builder.Services.AddSingleton<Links>();
builder.Services.AddSingleton<Mail>();
builder.Services.AddSingleton<Ledger>();
builder.Services.AddSingleton<Outgoing>();
builder.Services.AddSingleton<Bounces>();
builder.Services.AddSingleton<Reception>();
builder.Services.AddSingleton<Wake>();
builder.Services.AddSingleton<DeliveryLog>();
builder.Services.AddSingleton<PeopleToCall>();
builder.Services.AddSingleton<StageTelling>();
builder.Services.AddSingleton<RemindPeople>();
builder.Services.AddSingleton<RemindOfAnswers>();
builder.Services.AddSingleton<WatchVolume>();
builder.Services.AddSingleton<TellUnreached>();
builder.Keeps(ForgetOldDeliveries.Traces, ForgetOldDeliveries.Refused, KnownAddress.Rule, KnownStage.Rule, PersonalCalendar.Rule);
builder.Services.AddHttpClient<SmsGateway>().ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
builder.Services.AddHostedService<Sender>();
builder.Services.AddHostedService<Timers>();
if (Observing.IsWanted(builder.Configuration))
    builder.Services.AddHostedService<DeliveryFigures>();

var app = builder.Build();
app.UseStages();
SignInMails.Map(app);
AccountLetters.Map(app);
CoordinatorsEndpoint.Map(app);
CalendarEndpoints.Map(app);
LogEndpoints.Map(app);
PeopleToCall.Map(app);
PersonalDataEndpoints.Map(app);
EnrolmentData.Map(app);
AddressEndpoints.Map(app);
app.RunOrMigrate();

public partial class Program;
