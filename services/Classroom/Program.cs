using JasperFx.Events.Projections;
using Marten.Events.Projections;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.SignalR;
using Stages.Classrooms;
using Stages.Classrooms.Attendance;
using Stages.Classrooms.Campaigns;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Copies;
using Stages.Classrooms.Documents;
using Stages.Classrooms.Elsewhere;
using Stages.Classrooms.Handed;
using Stages.Classrooms.Library;
using Stages.Classrooms.Live;
using Stages.Classrooms.Media;
using Stages.Classrooms.Notes;
using Stages.Classrooms.Reports;
using Stages.Contracts;

var builder = WebApplication.CreateBuilder(args);
builder.AddStages(
    "classroom",
    Topology.Classroom,
    options =>
    {
        options.Projections.Snapshot<Room>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<ClassSession>(SnapshotLifecycle.Inline);
        SessionQueries.AddTo(options);
        options.Projections.Snapshot<Desk>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<SafetyReport>(SnapshotLifecycle.Inline);
        options.Schema.For<SafetyReport>().Index(r => r.CampaignId);
        options.Schema.For<ReportWords>().Index(w => w.By);
        options.Projections.Add(new ModuleCalendar(), ProjectionLifecycle.Inline);
        options.Schema.For<ClassModule>().Index(m => m.StartsAt).Index(m => m.StageId);
        options.Schema.For<ClassPlacement>().UseOptimisticConcurrency(true);
        // An erasure and the family's newer message meet: neither undoes the other.
        options.Schema.For<PupilFamily>().UseOptimisticConcurrency(true).GinIndexJsonData();
        options.Projections.Snapshot<Resource>(SnapshotLifecycle.Inline);
        options.Schema.For<Resource>().Index(r => r.CampaignId).Index(r => r.By).FoundBy(r => r.Words);
        options.Schema.For<ParticipantQuality>().Index(q => q.ModuleId);
        // Named here, their tables are made before anybody comes, and not by thirty requests at once.
        options.RegisterDocumentTypes([
            typeof(CheckTrouble),
            typeof(ClassPlace),
            typeof(ClosingRule),
            typeof(HelpLine),
            typeof(KnownCampaign),
            typeof(MediaNodeState),
            typeof(MediaServersFound),
            typeof(RecordingRule),
            typeof(ServiceLife),
        ]);
        ForgetPupil.AddMasking(options);
        PageTable.Rows.AddTo(options);
        FileTable.AddTo(options);
        ResourceTable.AddTo(options);
        NotesTable.AddTo(options);
        HeldTable.AddTo(options);
        SiloTable.AddTo(options);
        RecordingTable.Rows.AddTo(options);
    },
    Publishing.ToContracts
);
builder.AddJobs("classroom", workers: 2);
builder.AddVirusScanner();
builder.Services.AddNameSearch();
builder.Services.Configure<ClassroomOptions>(builder.Configuration.GetSection("Classroom"));
builder.Services.AddHostedService<RecurringWork>();
builder.Services.AddSingleton<WatchClasses>();
builder.Services.AddSingleton<MediaNodes>();
builder.Services.AddSingleton<MediaNames>();
builder.Services.AddSingleton<TestRooms>();
builder.Services.Configure<BigBlueButtonOptions>(builder.Configuration.GetSection("Classroom:BigBlueButton"));
builder
    .Services.AddHttpClient<BigBlueButtonApi>(http =>
        (http.Timeout, http.MaxResponseContentBufferSize) = (TimeSpan.FromSeconds(10), BigBlueButtonApi.LargestAnswer)
    )
    .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
builder.Services.AddTransient<Meetings>();
builder.Services.AddSingleton<Placements>();
builder.Services.AddSingleton<ReserveRoom>();
builder.Keeps(ForgetContent.Content, ForgetContent.Records, ReportWords.Rule, CheckTrouble.Rule, KeepLibrary.Rule);
builder.ForgetsNames<Room>(ForgetTeacher.Decide, typeof(RoomReserved), typeof(RoomChanged));
builder.Services.AddSingleton<ForgetPages>();
builder.Services.AddSingleton<ForgetRecordings>();
builder.Services.AddSingleton<Stages.Classrooms.Rehearsals.ForgetRehearsals>();
builder.Services.AddSingleton<SharedNotes>();
builder.Services.AddSingleton<LiveClasses>();
builder.Services.AddHostedService(s => s.GetRequiredService<LiveClasses>());
builder.Services.AddSingleton<ClassFigures>();
builder.Services.AddHostedService<MediaWatch>();
builder.Services.AddHostedService<MediaFinder>();
builder.AddCluster();
builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, SeatAuthentication>(SeatAuthentication.SchemeName, null);
builder.Services.AddSingleton<CallRate>();
builder.Services.AddSignalR(o =>
{
    o.KeepAliveInterval = TimeSpan.FromSeconds(4);
    o.ClientTimeoutInterval = TimeSpan.FromSeconds(12);
    o.MaximumReceiveMessageSize = 128 * 1024;
    o.MaximumParallelInvocationsPerClient = 4;
    o.AddFilter<CallRate>();
});

var app = builder.Build();

// Figures are there before anybody is.
_ = app.Services.GetRequiredService<ClassFigures>();
app.UseStages();
JoinClass.Map(app);
EnterClass.Map(app);
ReadAttendance.Map(app);
CorrectAttendance.Map(app);
ReadDay.Map(app);
People.Map(app);
Stages.Classrooms.Families.EnrolmentData.Map(app);
ClassPages.Map(app);
HandFiles.Map(app);
SetClassPlace.Map(app);
Meetings.Map(app);
LiveView.Map(app);
Pages.Map(app);
ReportPerson.Map(app);
ReadReports.Map(app);
TellTrouble.Map(app);
SetHelpLine.Map(app);
SetRecordingRule.Map(app);
SetClosingRule.Map(app);
Stages.Classrooms.Rehearsals.OpenRehearsal.Map(app);
RecordingPieces.Map(app);
ReadStageRecordings.Map(app);
ReadStageFiles.Map(app);
ProposeResource.Map(app);
DecideOnResource.Map(app);
SearchLibrary.Map(app);
OpenResource.Map(app);
LibraryInClass.Map(app);
app.MapGet("/classroom/seat", () => Results.NoContent()).ForSeats().ExcludeFromDescription();
app.MapHub<RoomHub>("/hubs/room");
app.MapHub<CheckHub>("/hubs/check");
app.RunOrMigrate();

public partial class Program;
