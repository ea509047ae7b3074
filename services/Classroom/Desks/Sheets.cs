using System.Globalization;

namespace Stages.Classrooms.Desks;

/// <summary>
/// All that is written on in a class is a sheet, by its name: a page of the board, a pupil's slate, a page of a document, the board of a
/// small group. One format, one store; who sees and writes what is <see cref="BoardRules"/>.
/// </summary>
public static class Sheets
{
    public const string First = "page/1";

    public const string AllSlates = "slate/";

    public const string AllGroups = "group/";

    private const string AllPages = "page/";

    private const string AllDocuments = "document/";

    public static string Page(int number) => $"{AllPages}{number}";

    public static string Slate(Guid whose) => $"{AllSlates}{whose}";

    public static string Group(int group) => $"{AllGroups}{group}";

    public static string Document(Guid document, int page) => $"{AllDocuments}{document}/{page}";

    public static int? PageOf(string sheet) => Number(sheet, AllPages);

    public static int? GroupOf(string sheet) => Number(sheet, AllGroups);

    public static Guid? OwnerOf(string sheet) =>
        sheet.StartsWith(AllSlates, StringComparison.Ordinal)
        && Guid.TryParseExact(sheet.AsSpan(AllSlates.Length), "D", out var whose)
        && sheet == Slate(whose)
            ? whose
            : null;

    public static ShownPage? DocumentOf(string sheet) =>
        sheet.StartsWith(AllDocuments, StringComparison.Ordinal)
        && sheet.Split('/') is [_, var document, var page]
        && Guid.TryParseExact(document, "D", out var id)
        && int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && sheet == Document(id, number)
            ? new ShownPage(id, number)
            : null;

    /// <param name="which">A sheet, or all whose names begin with it, which ends with a stroke.</param>
    public static bool Covers(string which, string sheet) =>
        which == sheet || (which.EndsWith('/') && sheet.StartsWith(which, StringComparison.Ordinal));

    // Written in one way only: no sheet has two names.
    private static int? Number(string sheet, string kind) =>
        sheet.StartsWith(kind, StringComparison.Ordinal)
        && int.TryParse(sheet.AsSpan(kind.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && sheet == kind + number.ToString(CultureInfo.InvariantCulture)
            ? number
            : null;
}
