using System.CommandLine;
using System.CommandLine.Invocation;
using Stages.LocalRun;
using Stages.ServiceDefaults;

// What infra/token runs. STAGES_DATA names the data folder of the local run.
var role = new Argument<string>("ROLE") { Description = "family, teacher, coordinator or admin" };
role.AcceptOnlyFromAmong(Roles.Family, Roles.Teacher, Roles.Coordinator, Roles.Admin);
var email = new Argument<string>("EMAIL") { Description = "whose token it is" };
email.Validators.Add(given =>
{
    if (given.GetValueOrDefault<string>().Trim().Split('@') is not [{ Length: > 0 }, { Length: > 0 }])
        given.AddError($"{given.GetValueOrDefault<string>()} is not an e-mail address");
});
var territory = new Option<string?>("--territory") { Description = "a coordinator without it sees the whole académie" };
var name = new Option<string?>("--name") { Description = "otherwise what stands before the @" };
var hours = new Option<uint>("--hours") { Description = "how long it lasts", DefaultValueFactory = _ => 12 };

var vouched = new Option<string?>("--vouched") { Description = "the provider for staff through which a teacher came in" };

var session = new Option<bool>("--session") { Description = "the value of a Cookie header of a session instead, second factor just shown" };

var command = new RootCommand("Prints a bearer token for the local run.") { role, email, territory, name, hours, vouched, session };
command.SetAction(
    async (given, cancel) =>
    {
        using var tokens = new LocalTokens(Environment.GetEnvironmentVariable("STAGES_DATA") ?? ".data", TimeProvider.System);
        var address = given.GetRequiredValue(email).Trim();
        var token = tokens.For(
            given.GetRequiredValue(role),
            address,
            given.GetValue(name) ?? address.Split('@')[0],
            given.GetValue(territory),
            TimeSpan.FromHours(given.GetValue(hours)),
            given.GetValue(vouched)
        );
        if (!given.GetValue(session))
        {
            Console.WriteLine(token);
            return 0;
        }
        var (cookie, refused) = await LocalCookie.Ask(Environment.GetEnvironmentVariable("STAGES_PORTAL"), token, cancel);
        await (refused is null ? Console.Out : Console.Error).WriteLineAsync(cookie ?? refused);
        return refused is null ? 0 : 1;
    }
);
var parsed = command.Parse(args);

// Standard output is for the token alone.
if (parsed.Action is ParseErrorAction error)
    error.ShowHelp = false;
return await parsed.InvokeAsync();
