using System.Text.Json;

namespace Stages.Api.Enrolment;

/// <param name="Content">The form as it stands, in any state; at most 32 KB.</param>
public sealed record DraftRequest(Guid CampaignId, JsonElement Content);

public sealed record DraftView(Guid Id, Guid CampaignId, JsonElement Content, DateTimeOffset SavedAt);
