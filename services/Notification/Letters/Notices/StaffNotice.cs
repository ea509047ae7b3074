namespace Stages.Notifications.Letters.Notices;

/// <summary>
/// For the coordinators: it leads where they sign in and names nobody, so that it may go to an address that only our own configuration
/// knows.
/// </summary>
public abstract record StaffNotice : Notice
{
    public override bool GoesToStrangers => true;

    public override Letter Write(Pen pen) => new(Title(pen), Title(pen), pen.BecauseCoordination, [.. Lines(pen)]);

    protected abstract string Title(Pen pen);

    protected abstract IEnumerable<Block> Lines(Pen pen);
}
