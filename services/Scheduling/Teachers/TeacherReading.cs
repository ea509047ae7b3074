using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Teachers;

/// <summary>A person with all that a decision about them touches, read under their lock.</summary>
internal sealed record KnownTeacher(TeacherStanding? Standing, IReadOnlyList<Offer> Offers)
{
    /// <summary>One decision about a person at a time, in whatever campaign; an offer that is declared meanwhile waits for it.</summary>
    /// <param name="addressed">The offer on which is decided, which is read already.</param>
    public static async Task<KnownTeacher> Of(Reading reading, Guid person, Offer? addressed)
    {
        await reading.Lock(Locks.Teacher(person));
        var standing = await reading.Stream<TeacherStanding>(TeacherStanding.IdOf(person));
        var offers = await reading.Documents.Query<Offer>().Where(o => o.PersonId == person).Select(o => o.Id).ToListAsync(reading.Cancel);
        var others = await reading.Streams<Offer>(offers.Where(id => id != addressed?.Id));
        return new KnownTeacher(standing, addressed is null ? others : [addressed, .. others]);
    }

    /// <summary>Decides about whoever is behind an offer, and answers with the offer.</summary>
    public static async Task<IResult> Decide(
        CommandContext context,
        Guid offerId,
        Func<Reading, Offer, KnownTeacher, ValueTask<Decision>> decide
    )
    {
        var outcome = await context.Decide<Offer>(
            offerId,
            async (reading, offer) =>
                offer is null ? new NotFound() : await decide(reading, offer, await Of(reading, offer.PersonId, offer))
        );
        return await OfferView.Answer(outcome, context, Results.Ok);
    }

    /// <summary>The stages that they were to give, each read once nobody else changes its timetable.</summary>
    public async Task<IReadOnlyList<Guid>> Stages(Reading reading)
    {
        foreach (var campaign in Offers.Select(o => o.CampaignId).Distinct().Order())
            await reading.Lock(Locks.Timetable(campaign));
        Guid[] offers = [.. Offers.Select(o => o.Id)];
        return await reading
            .Documents.Query<Stage>()
            .Where(s => s.OfferId.IsOneOf(offers) && s.Status != StageStatus.Cancelled && !s.TeacherGone)
            .Select(s => s.Id)
            .ToListAsync(reading.Cancel);
    }
}
