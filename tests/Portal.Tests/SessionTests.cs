using CsCheck;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Stages.Portal.Accounts;
using Stages.Portal.SignIns;
using Stages.Portal.Staff;
using Stages.Vocabulary;

namespace Stages.Portal.Tests;

/// <summary>Sessions as a machine with states, on a real database, beside a model of it that is a list in memory.</summary>
public sealed class SessionTests(PortalService portal)
{
    private static readonly Device Phone = new("android-phone", "Firefox");

    private enum Does
    {
        Asks,
        AsksByItself,
        Waits,
        SignsIn,
        SignsOut,
        EndsAnother,
        EndsAllOthers,
        IsErased,
        IsDismissed,
        Sweep,
    }

    /// <param name="Device">Whose browser; each person has three.</param>
    private sealed record Step(Does What, int Person, int Device, int Minutes);

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Enum<Does>(),
        Gen.Int[0, 3],
        Gen.Int[0, 2],
        Gen.OneOf(Gen.Int[1, 40], Gen.Int[200, 800], Gen.Int[5_000, 14_500], Gen.Int[20_000, 50_000]),
        (what, person, device, minutes) => new Step(what, person, device, minutes)
    ).Array[1, 40];

    [Fact]
    public Task whatever_happens_a_session_is_let_in_as_long_as_it_should_and_no_longer() =>
        Steps.SampleAsync(steps => new World(portal).Live(steps), iter: 25, threads: 1);

    [Fact]
    public async Task a_cookie_that_was_renewed_is_worth_nothing()
    {
        var desk = portal.Services.GetRequiredService<SessionDesk>();
        var (ticket, session) = await desk.Begin(Someone(Roles.Family), null, Phone, remember: false);
        (await desk.Find(ticket, present: true)).ShouldBe(session);
        (await desk.Find(SessionTicket.New(session.Id), present: true)).ShouldBeNull();
        var (renewed, proven) = await desk.Prove(session);
        (await desk.Find(ticket, present: true)).ShouldBeNull();
        (await desk.Find(renewed, present: true))!.SecondFactorAt!.Value.ShouldBe(
            proven.SecondFactorAt!.Value,
            TimeSpan.FromMilliseconds(1)
        );
    }

    [Fact]
    public void staff_are_half_in_until_they_have_shown_a_second_factor_and_proven_for_a_quarter_of_an_hour()
    {
        var now = DateTimeOffset.UnixEpoch;
        BrowserSession Of(string role) => BrowserSession.Begin(SessionTicket.New(now), Someone(role), null, Phone, false, now);
        var staff = Of(Roles.Coordinator);
        (staff.IsHalf, staff.IsProven(now)).ShouldBe((true, false));
        var shown = staff with { SecondFactorAt = now.AddHours(1) };
        (shown.IsHalf, shown.IsProven(now.AddMinutes(74)), shown.IsProven(now.AddMinutes(75))).ShouldBe((false, true, false));
        var family = Of(Roles.Family);
        (family.IsHalf, family.IsProven(now.AddMinutes(14)), family.IsProven(now.AddMinutes(15))).ShouldBe((false, true, false));
    }

    [Fact]
    public void the_row_holds_no_secret()
    {
        var ticket = SessionTicket.New(DateTimeOffset.UnixEpoch);
        var session = BrowserSession.Begin(ticket, Someone(Roles.Family), null, Phone, true, DateTimeOffset.UnixEpoch);
        session.ToString().ShouldNotContain(ticket.Secret);
        ticket.Opens(session).ShouldBeTrue();
        SessionTicket.New(session.Id).Opens(session).ShouldBeFalse();
        (ticket with { Id = Guid.Empty }).Opens(session).ShouldBeFalse();
        SessionTicket.Of(ticket.Principal).ShouldBe(ticket);
    }

    [Fact]
    public void staff_are_not_remembered()
    {
        var now = DateTimeOffset.UnixEpoch;
        BrowserSession Of(string role, bool remember) =>
            BrowserSession.Begin(SessionTicket.New(now), Someone(role), null, Phone, remember, now);
        Of(Roles.Admin, true).Remembered.ShouldBeFalse();
        Of(Roles.Coordinator, true).EndsAt.ShouldBe(now.AddHours(10));
        Of(Roles.Teacher, true).EndsAt.ShouldBe(now.AddDays(30));
        Of(Roles.Family, false).EndsAt.ShouldBe(now.AddHours(12));
    }

    [Fact]
    public void a_device_that_nobody_comes_back_to_forgets()
    {
        var now = DateTimeOffset.UnixEpoch;
        foreach (var role in (string[])[Roles.Family, Roles.Teacher])
        {
            var session = BrowserSession.Begin(SessionTicket.New(now), Someone(role), null, Phone, true, now);
            (session.IsOver(now.AddDays(10).AddMinutes(-1)), session.IsOver(now.AddDays(10))).ShouldBe((false, true), role);
            var seen = session with { LastSeen = now.AddDays(25) };
            (seen.IsOver(now.AddDays(30).AddMinutes(-1)), seen.IsOver(now.AddDays(30))).ShouldBe((false, true), role);
        }
    }

    [Fact]
    public void a_session_keeps_through_whom_the_person_came_in()
    {
        var now = DateTimeOffset.UnixEpoch;
        var vouched = Someone(Roles.Teacher) with { Vouched = "academie" };
        var session = BrowserSession.Begin(SessionTicket.New(now), vouched, null, Phone, true, now);
        session.Caller.ShouldBe(vouched);
        Caller.From(Sessions.Principal(session.Caller)).ShouldBe(vouched);
        Caller.From(Sessions.Principal(Someone(Roles.Teacher))).Vouched.ShouldBeNull();
    }

    [Fact]
    public void who_came_in_with_an_address_alone_does_not_see_where_the_person_works()
    {
        var (family, staff) = (Someone(Roles.Family), Someone(Roles.Coordinator));
        BrowserSession Of(Caller caller) =>
            BrowserSession.Begin(SessionTicket.New(DateTimeOffset.UnixEpoch), caller, null, Phone, false, DateTimeOffset.UnixEpoch);
        Of(staff).IsReachedBy(family).ShouldBeFalse();
        Of(family).IsReachedBy(family).ShouldBeTrue();
        Of(staff).IsReachedBy(staff).ShouldBeTrue();
        Of(family).IsReachedBy(staff).ShouldBeTrue();
        Of(family).IsReachedBy(family with { Id = Guid.Empty }).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0", "téléphone Android, Firefox")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 Chrome/128.0 Safari/537.36", "tablette Android, Chrome")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1", "iPhone, Safari")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) CriOS/128.0 Mobile/15E148 Safari/604.1", "iPad, Chrome")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/128.0 Safari/537.36 Edg/128.0", "ordinateur Windows, Edge")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15", "Mac, Safari")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/128.0 Safari/537.36", "Chromebook, Chrome")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "ordinateur Linux, Firefox")]
    [InlineData("curl/8.5", "appareil inconnu")]
    [InlineData(null, "appareil inconnu")]
    public void a_device_is_named_as_its_owner_would(string? userAgent, string text) => Device.Of(userAgent).Text.ShouldBe(text);

    private static Caller Someone(string role) =>
        new(PersonId.FromEmail("someone@sessions.example"), role, "someone@sessions.example", null, null);

    /// <summary>One run: four people with three browsers each, a clock of their own, and what should be true of every cookie.</summary>
    private sealed class World(PortalService portal) : TimeProvider
    {
        private static int runs;
        private DateTimeOffset now = System.GetUtcNow();
        private readonly string run = $"{Interlocked.Increment(ref runs)}.{Guid.CreateVersion7(System.GetUtcNow()):N}";
        private readonly Dictionary<(int Person, int Device), SessionTicket> cookies = [];
        private readonly List<Kept> model = [];

        /// <summary>A cookie of the past: whether it still opens is what is asked.</summary>
        private sealed class Kept
        {
            public required SessionTicket Ticket { get; init; }
            public required int Person { get; init; }
            public required DateTimeOffset EndsAt { get; init; }
            public DateTimeOffset Seen { get; set; }
            public bool Ended { get; set; }
        }

        public override DateTimeOffset GetUtcNow() => now;

        private string Email(int person) => $"p{person}.{run}@sessions.example";

        private static string RoleOf(int person) =>
            person switch
            {
                0 => Roles.Family,
                1 => Roles.Teacher,
                _ => Roles.Coordinator,
            };

        private Caller Caller(int person) => new(PersonId.FromEmail(Email(person)), RoleOf(person), Email(person), null, null);

        private static bool IsStaff(int person) => person >= 2;

        private bool Opens(Kept k) =>
            !k.Ended && now < k.EndsAt && now - k.Seen < (IsStaff(k.Person) ? BrowserSession.StaffIdle : BrowserSession.RememberedIdle);

        public async Task Live(Step[] steps)
        {
            var (store, journal) = (portal.Services.GetRequiredService<IDocumentStore>(), portal.Services.GetRequiredService<Journal>());
            var notes = portal.Services.GetRequiredService<Audit.AccountNotes>();
            var desk = new SessionDesk(store, journal, portal.Services.GetRequiredService<Remembered>(), notes, this);
            var staff = new StaffDirectory(store, journal, portal.Services.GetRequiredService<Remembered>(), desk, notes, new(store), this);
            foreach (var step in steps)
            {
                await Do(step, desk, staff);
                foreach (var k in model)
                    (await desk.Find(k.Ticket, present: false) is not null).ShouldBe(Opens(k), $"{step} at {now:O}, {RoleOf(k.Person)}");
                foreach (var person in model.Select(k => k.Person).Distinct())
                    (await desk.Of(Caller(person), CancellationToken.None))
                        .Select(s => s.Id)
                        .Order()
                        .ShouldBe(model.Where(k => k.Person == person && Opens(k)).Select(k => k.Ticket.Id).Order());
            }
        }

        private async Task Do(Step step, SessionDesk desk, StaffDirectory staff)
        {
            var key = (step.Person, step.Device);
            var mine = cookies.TryGetValue(key, out var cookie) ? model.Single(k => k.Ticket == cookie) : null;
            switch (step.What)
            {
                case Does.Waits:
                    now += TimeSpan.FromMinutes(step.Minutes);
                    break;
                case Does.SignsIn:
                    await SignIn(step, desk, mine);
                    break;
                case Does.Asks or Does.AsksByItself when mine is not null:
                    var present = step.What == Does.Asks;
                    await desk.Find(mine.Ticket, present);
                    if (present && Opens(mine) && now - mine.Seen >= TimeSpan.FromMinutes(IsStaff(step.Person) ? 1 : 10))
                        mine.Seen = now;
                    break;
                case Does.SignsOut when mine is not null && Opens(mine):
                    await desk.End((await desk.Find(mine.Ticket, present: false))!);
                    mine.Ended = true;
                    break;
                case Does.EndsAnother:
                    foreach (var other in model.Where(k => k.Ticket != cookie).Take(1).ToList())
                    {
                        var may = other.Person == step.Person && Opens(other);
                        (await desk.End(Caller(step.Person), other.Ticket.Id, CancellationToken.None)).ShouldBe(may);
                        other.Ended |= may;
                    }
                    break;
                case Does.EndsAllOthers:
                    await desk.EndOthers(Caller(step.Person), cookie?.Id, CancellationToken.None);
                    End(k => k.Person == step.Person && k.Ticket != cookie);
                    break;
                case Does.IsErased:
                    await desk.EndAll(Caller(step.Person).Id, CancellationToken.None);
                    End(k => k.Person == step.Person);
                    break;
                case Does.IsDismissed when IsStaff(step.Person):
                    await staff.Appoint(
                        new StaffAppointed(Email(step.Person), null, Roles.Coordinator, null, "test"),
                        CancellationToken.None
                    );
                    await staff.Dismiss(Email(step.Person), "test", CancellationToken.None);
                    End(k => k.Person == step.Person);
                    break;
                case Does.Sweep:
                    await desk.Sweep();
                    await using (var session = portal.Services.GetRequiredService<IDocumentStore>().QuerySession())
                        foreach (var k in model)
                            (await session.LoadAsync<BrowserSession>(k.Ticket.Id) is not null).ShouldBe(Opens(k));
                    break;
            }
        }

        private async Task SignIn(Step step, SessionDesk desk, Kept? before)
        {
            var remember = step.Minutes % 2 == 0;
            var old = before is null ? null : await desk.Find(before.Ticket, present: false);
            var (ticket, session) = await desk.Begin(Caller(step.Person), null, Phone, remember, old);
            if (before is not null)
                before.Ended = true;
            cookies[(step.Person, step.Device)] = ticket;
            model.Add(
                new()
                {
                    Ticket = ticket,
                    Person = step.Person,
                    EndsAt = session.EndsAt,
                    Seen = now,
                }
            );
        }

        private void End(Func<Kept, bool> which)
        {
            foreach (var k in model.Where(which))
                k.Ended = true;
        }
    }
}
