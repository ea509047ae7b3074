using Hangfire;
using Marten;
using Marten.Events.Projections;
using JasperFx.Events.Projections;
using Stages.Classrooms;
using Stages.Classrooms.Attendance;
using Stages.Classrooms.Copies;
using Stages.Classrooms.Families;
using Stages.Classrooms.Rooms;
using Stages.Classrooms.Sessions;
using Stages.Contracts;
using Stages.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddStages("classroom", Topology.Classroom, options =>
{
    options.Projections.Snapshot<Room>(SnapshotLifecycle.Inline);
    options.Projections.Snapshot<ClassSession>(SnapshotLifecycle.Inline);
    options.Projections.Add(new ModuleCalendar(), ProjectionLifecycle.Inline);
    options.Schema.For<ClassModule>().Index(m => m.StartsAt).Index(m => m.StageId);
    options.Schema.For<PupilFamily>().GinIndexJsonData();
}, Publishing.ToContracts);
builder.AddJobs("classroom", workers: 2);
builder.Services.Configure<ClassroomOptions>(builder.Configuration.GetSection("Classroom"));
builder.Services.PostConfigure<ClassroomOptions>(o => o.PublicUrl ??= builder.Configuration["Services:Portal"]);
builder.Services.AddSingleton<ThisCopy>();
builder.Services.AddHostedService<Heartbeat>();
builder.Services.AddSingleton<WatchClasses>();

var app = builder.Build();
app.UseStages();
JoinClass.Map(app);
ReadAttendance.Map(app);
CorrectAttendance.Map(app);
People.Map(app);
app.Services.GetRequiredService<IRecurringJobManager>().AddOrUpdate<WatchClasses>("watch-classes", job => job.Run(CancellationToken.None), WatchClasses.Every);
app.Run();

public partial class Program;
