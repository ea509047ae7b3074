namespace Stages.Api.Enrolment;

/// <summary>The lot that decides between equals, which anybody can check who has the seed.</summary>
/// <param name="SealedSeed">SHA-256 of the seed as it is written, told since the campaign was opened; null: it has no lot.</param>
/// <param name="Seed">Told at the first publication.</param>
/// <param name="Draw">
/// The first twelve hexadecimal digits of SHA-256 of <c>seed:enrolment</c>; the smallest comes first. Not told before the seed: whoever
/// knew it could enrol anew for a better one.
/// </param>
/// <param name="Late">Enrolled once the seed was told: behind all who drew, in the order of enrolment.</param>
public sealed record EnrolmentDraw(string? SealedSeed, string? Seed, string? Draw, bool Late);
