namespace Stages.Portal.Imports;

/// <summary>
/// Lists between preview and import hold names of children: they go after a day with the file that was brought, whether or not anybody
/// imports again.
/// </summary>
public static class ForgetSheets
{
    public static readonly RetentionRule Rule = new(
        "import-sheets",
        ImportSheet.Kept.Days,
        new LocalText("Listes déposées par les coordonnateurs : depuis le dépôt", "Lists brought by coordinators: since they were brought"),
        async (services, before, cancel) =>
        {
            await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
            var old = await session.Query<ImportSheet>().CountAsync(s => s.At < before, cancel);
            if (old > 0)
                await services.GetRequiredService<Journal>().Decide(Before(before), cancel);
            return old;
        }
    );

    public static Decision Before(DateTimeOffset instant) =>
        Decision.Nothing.AndDeleteWhere<ImportSheet>(s => s.At < instant).AndSql(ImportFile.DeleteBefore, instant);
}
