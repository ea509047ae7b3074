namespace Stages.Enrolments;

/// <summary>
/// What a family says on the telephone: eight signs of an alphabet in which none is taken for another (no I, L, O and U), in two groups.
/// It follows from the id, as a hash: neighbours in time have nothing in common. An index keeps it to one enrolment of a campaign.
/// </summary>
public static class EnrolmentReference
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 8;

    public static string Of(Guid id)
    {
        Span<byte> hash = stackalloc byte[16];
        HashId.Of(IdSpace.Reference, $"{id:N}").TryWriteBytes(hash);
        Span<char> signs = stackalloc char[Length];
        // Bytes 6 and 8 of a UUID are no whole random ones; the last eight but the first are.
        for (var i = 0; i < Length; i++)
            signs[i] = Alphabet[hash[i < 4 ? i : i + 6] % Alphabet.Length];
        return $"{signs[..4]}-{signs[4..]}";
    }
}
