namespace Stages.Notifications.Letters.Notices;

/// <summary>
/// Something changed in how a person signs in. It opens nothing and names nobody; whoever did not do it is told what to do at once.
/// </summary>
/// <param name="What">One of <see cref="AccountNews"/>.</param>
/// <param name="About">The device, the provider or the role.</param>
public sealed record AccountNotice(string What, DateTimeOffset At, LocalText? About) : Notice
{
    public const string Name = "account";

    public override string Kind => Name;

    /// <summary>Its reader has signed in with the address, or an administrator has appointed them: nothing in it is typed.</summary>
    public override bool GoesToStrangers => true;

    public override Letter Write(Pen pen)
    {
        var (words, act) = (AccountWords.Of(What), AccountWords.ActOn(What));
        return new(
            words.Title.In(pen.Language.Code),
            words.Title.In(pen.Language.Code),
            pen.In(
                "Vous recevez ce message parce que cette adresse ouvre un compte des stages de réussite.",
                "You receive this message because this address opens an account of the Stages de réussite."
            ),
            [
                new Says(pen.Hello),
                new Says(words.Said.In(pen.Language.Code)),
                new Facts([.. About is { } about ? [(words.Fact.In(pen.Language.Code), about.In(pen.Language.Code))] : None, Instant(pen)]),
                new Says(act.Text.In(pen.Language.Code)),
                new Button(act.Button.In(pen.Language.Code), pen.Links.Under(act.Path)),
            ]
        );
    }

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages de réussite : {AccountWords.Of(What).Title.Fr}. Ce n'est pas vous ? {pen.Links.Under(AccountWords.ActOn(What).Path)}",
            $"Stages de réussite: {AccountWords.Of(What).Title.En}. Was it not you? {pen.Links.Under(AccountWords.ActOn(What).Path)}"
        );

    private static IEnumerable<(string, string)> None => [];

    private (string, string) Instant(Pen pen)
    {
        var here = TimeZoneInfo.ConvertTime(At, Home);
        return (
            pen.In("Quand", "When"),
            $"{pen.Language.Day(DateOnly.FromDateTime(here.DateTime))}, {pen.Language.Time(TimeOnly.FromDateTime(here.DateTime))}"
        );
    }

    private static readonly TimeZoneInfo Home = TimeZoneInfo.FindSystemTimeZoneById(CampaignDefaults.TimeZone);
}
