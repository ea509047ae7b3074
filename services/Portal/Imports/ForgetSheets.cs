namespace Stages.Portal.Imports;

/// <summary>Lists between preview and import hold names of children: they go after a day, whether or not anybody imports again.</summary>
public static class ForgetSheets
{
    public static readonly RetentionRule Rule = RetentionRule.Of<ImportSheet>(
        "import-sheets",
        ImportSheet.Kept.Days,
        new LocalText("Listes déposées par les coordonnateurs : depuis le dépôt", "Lists brought by coordinators: since they were brought"),
        sheet => sheet.At,
        before => sheet => sheet.At < before
    );
}
