using Stages.Scheduling.Offers;

namespace Stages.Scheduling.People;

/// <summary>What this service forgets, of a teacher who asks for it or because it is long ago.</summary>
public static class Forgetting
{
    private const int AtOnce = 100;

    public static readonly RetentionRule Offers = RetentionRule.OfStreams<Offer>(
        "offers",
        730,
        new LocalText("Propositions des enseignants : depuis la fin de la campagne", "Offers of teachers: since the end of the campaign"),
        OldOffers,
        Offer
    );

    /// <summary>As long as somebody may yet ask who let them in: until nothing is left of what they offered.</summary>
    public static readonly RetentionRule Standings = RetentionRule.OfStreams<TeacherStanding>(
        "acceptances",
        730,
        new LocalText(
            "Acceptation ou refus d’un enseignant, avec son motif : depuis la décision, une fois ses propositions effacées",
            "That a teacher was accepted or refused, and why: since it was decided, once their offers are erased"
        ),
        OldStandings,
        (standing, _) => Standing(standing.PersonId)
    );

    /// <summary>An instance holds schools, levels and slots of pupils under their numbers: enough to know somebody by.</summary>
    public static readonly RetentionRule Runs = new(
        "pairings",
        180,
        new LocalText(
            "Calculs d’appariement (niveaux, établissements, créneaux, sans nom) : depuis le calcul",
            "Computed pairings (levels, schools, slots, no names): since they were computed"
        ),
        ForgetRuns
    );

    private static readonly string WithoutOffer = $"""
        not exists (select 1 from {Sql.Table<Offer>()} o
          where {Sql.Id("o.data", nameof(Scheduling.Offers.Offer.PersonId))} = {Sql.Id("d.data", nameof(TeacherStanding.PersonId))})
        """;

    /// <summary>What the log says of a teacher after that.</summary>
    public static void AddMasking(StoreOptions options)
    {
        Rule<OfferDeclared>(e => e with { PersonId = Guid.Empty, SchoolUai = null, By = e.By.Forgotten() });
        Rule<OfferChanged>(e => e with { SchoolUai = null, By = e.By.Forgotten() });
        Rule<OfferWithdrawn>(e => e with { By = e.By.Forgotten() });
        Rule<AuthorAccepted>(e => e with { By = e.By.Forgotten() });
        Rule<AuthorRefused>(e => e with { By = e.By.Forgotten() });
        Rule<TeacherLeft>(e => e with { By = e.By.Forgotten() });

        void Rule<TEvent>(Func<TEvent, TEvent> masked)
            where TEvent : notnull => options.Events.AddMaskingRuleForProtectedInformation(masked);
    }

    /// <summary>The offer stays as something that was there: by whom, nobody can tell.</summary>
    public static Decision Offer(Offer? state, DateTimeOffset now) =>
        state is null || state.PersonId == Guid.Empty
            ? Decision.Nothing
            : Decision
                .Of(new OfferForgotten(now))
                .AndDelete<OfferTeacher>(state.Id)
                .AndStore(new MaskingOwed(state.Id, long.MaxValue, now));

    /// <summary>Whether somebody was accepted or refused, by whom and why: nobody is left of whom that could be said.</summary>
    public static Decision Standing(Guid person) =>
        Decision.Nothing.AndForget(TeacherStanding.IdOf(person)).AndDelete<TeacherStanding>(TeacherStanding.IdOf(person));

    private static async Task<IReadOnlyList<Guid>> OldOffers(IQuerySession session, DateTimeOffset before, CancellationToken cancel)
    {
        var over = (await session.Query<Campaign>().ToListAsync(cancel))
            .Where(c => CampaignEnd.Of(c.Plan.Weeks.Select(w => w.Monday), c.Plan.EnrolmentCloses) < before)
            .Select(c => c.Id)
            .ToArray();
        return await session
            .Query<Offer>()
            .Where(o => o.CampaignId.IsOneOf(over) && o.PersonId != Guid.Empty)
            .Take(AtOnce)
            .Select(o => o.Id)
            .ToListAsync(cancel);
    }

    private static Task<IReadOnlyList<Guid>> OldStandings(IQuerySession session, DateTimeOffset before, CancellationToken cancel) =>
        session
            .Query<TeacherStanding>()
            .Where(s => s.At < before)
            .WhereSql(WithoutOffer)
            .Take(AtOnce)
            .Select(s => s.Id)
            .ToListAsync(cancel);

    private static async Task<int> ForgetRuns(IServiceProvider services, DateTimeOffset before, CancellationToken cancel)
    {
        await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
        var ended = await session.Query<PairingRun>().Where(r => r.EndedAt < before).Select(r => r.Id).ToListAsync(cancel);
        Guid[] ids = [.. ended];
        var old = await session.Query<RunInstance>().Where(i => i.Id.IsOneOf(ids)).Take(AtOnce).Select(i => i.Id).ToListAsync(cancel);
        await services.GetRequiredService<Journal>().Decide(Decision.All(old.Select(Run)), cancel);
        return old.Count;
    }

    /// <summary>Its score stays; what it was computed from and what it proposed go.</summary>
    public static Decision Run(Guid run) =>
        Decision.Nothing.AndDelete<RunInstance>(run).AndDelete<RunProposal>(run).AndDelete<RunProgress>(run);
}
