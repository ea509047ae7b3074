namespace Stages.Vocabulary;

/// <summary>What a pupil's wishes weigh when places are short: computed by Enrolment, explained on the public page of rules.</summary>
public static class Priority
{
    /// <summary>A pupil whom nobody singled out.</summary>
    public const int Volunteered = 2;

    /// <summary>A pupil whom the school has identified: before one who only volunteers.</summary>
    public const int Identified = 4;

    /// <summary>Added in a school of priority education (REP, REP+).</summary>
    public const int EducationPrioritaire = 1;
}
