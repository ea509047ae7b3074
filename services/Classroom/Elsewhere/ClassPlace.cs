using System.Security.Cryptography;
using System.Text;

namespace Stages.Classrooms.Elsewhere;

/// <summary>
/// Where the classes of a campaign meet, or those of one stage: in our own classroom unless a coordinator has chosen otherwise.
/// </summary>
/// <param name="Id">Of the campaign, or of the stage.</param>
/// <param name="Kind">One of <see cref="PlaceKinds"/>.</param>
/// <param name="Url">For <c>visio</c> and <c>link</c>.</param>
/// <param name="CampaignId">Of a stage's own place; of a campaign's it is absent.</param>
public sealed record ClassPlace(Guid Id, string Kind, string? Url, Guid? CampaignId = null)
{
    /// <summary>In a link: what is different in each session.</summary>
    public const string Each = "{classe}";

    public static readonly string[] Kinds = [PlaceKinds.Ours, PlaceKinds.BigBlueButton, PlaceKinds.Visio, PlaceKinds.Link];

    public bool IsAddress => Kind is PlaceKinds.Visio or PlaceKinds.Link;

    /// <summary>What stands for this stage; else what stands for its campaign.</summary>
    public static async Task<ClassPlace> Of(IQuerySession session, Guid campaignId, Guid stageId, CancellationToken cancel)
    {
        var chosen = await session.LoadManyAsync<ClassPlace>(cancel, stageId, campaignId);
        return chosen.FirstOrDefault(p => p.Id == stageId) ?? chosen.FirstOrDefault() ?? new ClassPlace(campaignId, PlaceKinds.Ours, null);
    }

    /// <summary>
    /// The address of a session that meets at one. On Visio whoever knows a room's name may come in, so each session has one of its own:
    /// who was in class last week does not come back by last week's link.
    /// </summary>
    public string AddressOf(Guid moduleId) =>
        Written(
            Kind == PlaceKinds.Visio
                ? $"{Url!.TrimEnd('/')}/{RoomOf(moduleId)}"
                : Url!.Replace(Each, RoomOf(moduleId), StringComparison.Ordinal)
        );

    /// <summary>As it may stand in a header: coordinators type accents and spaces, which browsers write otherwise.</summary>
    private static string Written(string typed)
    {
        var address = new Uri(typed);
        return new UriBuilder(address) { Host = address.IdnHost }
            .Uri
            .AbsoluteUri;
    }

    /// <summary>Ten letters as Visio names its rooms: <c>abc-defg-hij</c>.</summary>
    public static string RoomOf(Guid moduleId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"room {moduleId}"));
        var letters = new string([.. hash.Take(10).Select(b => (char)('a' + (b % 26)))]);
        return $"{letters[..3]}-{letters[3..7]}-{letters[7..]}";
    }
}
