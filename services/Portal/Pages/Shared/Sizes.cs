namespace Stages.Portal.Pages.Shared;

public static class Sizes
{
    /// <summary>As people read sizes: 320 Ko, 4 Mo.</summary>
    public static string Of(int bytes) =>
        bytes < 1_000_000
            ? Say.In($"{Math.Max(1, bytes / 1000)} Ko", $"{Math.Max(1, bytes / 1000)} KB")
            : Say.In($"{bytes / 1_000_000} Mo", $"{bytes / 1_000_000} MB");
}
