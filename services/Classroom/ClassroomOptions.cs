namespace Stages.Classrooms;

/// <summary>Settings under <c>Classroom</c>.</summary>
public sealed class ClassroomOptions
{
    /// <summary>Address under which people's browsers reach us, without a slash at its end; by default the one that the request came to.</summary>
    public string? PublicUrl { get; set; }

    public string PublicAddress(HttpContext http) => (PublicUrl ?? $"{http.Request.Scheme}://{http.Request.Host}").TrimEnd('/');
}
