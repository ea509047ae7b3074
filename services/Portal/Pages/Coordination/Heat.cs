namespace Stages.Portal.Pages.Coordination;

/// <summary>
/// How warm a cell of a coordinator's table is, for the eye: 0 nothing to say, 1 well, 2 tight, 3 short, 4 nobody at all. Every
/// threshold stands here; the words for them stand in the legend of each table.
/// </summary>
public static class Heat
{
    private const double Comfortable = 1.5;
    private const double NearlyAll = .9;
    private const double Half = .5;

    /// <summary>A subject at a level: well where places are half as many again, as not every slot suits everybody.</summary>
    public static int OfSubject(int wishes, int teachers, int seats) =>
        wishes == 0 ? 0
        : teachers == 0 ? 4
        : seats >= Comfortable * wishes ? 1
        : seats >= wishes ? 2
        : 3;

    /// <summary>A slot: whether those who can come would have room with the teachers who can.</summary>
    public static int OfRoom(int pupils, int room) => Of(pupils, room, pupils);

    /// <summary>A territory: how much of what was asked for has its place.</summary>
    public static int OfPlaced(int wishes, int placed) => Of(wishes, placed, NearlyAll * wishes);

    private static int Of(int wanted, int there, double enough) =>
        wanted == 0 ? 0
        : there >= enough ? 1
        : there >= Half * wanted ? 2
        : 3;
}
