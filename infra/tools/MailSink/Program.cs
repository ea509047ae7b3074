using System.Net;
using Stages.MailSink;

// The mailbox of a local run: takes every mail by SMTP and every text message by HTTP, keeps each as a file, shows them on a page.
// Nothing leaves the machine.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(s => new Mailbox(
    s.GetRequiredService<IConfiguration>()["MailSink:Folder"] ?? throw new InvalidOperationException("MailSink:Folder is not configured."),
    s.GetRequiredService<TimeProvider>()
));
builder.Services.AddSingleton<MailIndex>();
builder.Services.AddSingleton<TextMessages>();
builder.Services.AddSingleton(s => new SmtpReceiver(
    s.GetRequiredService<Mailbox>(),
    s.GetRequiredService<IConfiguration>().GetValue("MailSink:SmtpPort", 10025),
    s.GetRequiredService<ILogger<SmtpReceiver>>(),
    IPAddress.Parse(s.GetRequiredService<IConfiguration>()["MailSink:Address"] ?? "127.0.0.1")
));
builder.Services.AddHostedService(s => s.GetRequiredService<SmtpReceiver>());

var app = builder.Build();
app.MapGet("/health/live", () => "live");
app.MapGet("/health/ready", (SmtpReceiver receiver) => receiver.Port > 0 ? Results.Ok("ready") : Results.StatusCode(503));
TextMessages.Map(app);
Pages.Map(app);
app.Run();
