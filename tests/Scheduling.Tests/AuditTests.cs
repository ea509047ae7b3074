using Stages.Testing;

namespace Stages.Scheduling.Tests;

/// <summary>What is noted of whom, in this service.</summary>
public sealed class AuditTests(SchedulingService service)
{
    [Fact]
    public void each_endpoint_says_what_is_noted_of_it() =>
        WhatIsNoted.Is(
            service.Services,
            """
            * /health/live                                                   -
            * /health/ready                                                  -
            DELETE /api/offers/{id:guid}                                     -
            DELETE /api/pairings/{id:guid}                                   -
            DELETE /internal/people/{personId:guid}                          -
            GET /api/campaigns                                               -
            GET /api/campaigns/{campaignId:guid}/demand                      -
            GET /api/campaigns/{campaignId:guid}/figures                     -
            GET /api/campaigns/{campaignId:guid}/history                     -
            GET /api/campaigns/{campaignId:guid}/offers                      -
            GET /api/campaigns/{campaignId:guid}/pairings                    -
            GET /api/campaigns/{campaignId:guid}/publish/preview             -
            GET /api/campaigns/{campaignId:guid}/recommendations/places      -
            GET /api/campaigns/{campaignId:guid}/recommendations/volunteers  -
            GET /api/campaigns/{campaignId:guid}/stages                      -
            GET /api/campaigns/{campaignId:guid}/stages/conflicts            -
            GET /api/campaigns/{campaignId:guid}/stages/events               -
            GET /api/campaigns/{campaignId:guid}/stages/targets              -
            GET /api/campaigns/{campaignId:guid}/unplaced                    -
            GET /api/campaigns/{id:guid}                                     -
            GET /api/holidays                                                -
            GET /api/me/invitations                                          -
            GET /api/me/modules                                              -
            GET /api/me/offers                                               -
            GET /api/offers/{id:guid}                                        -
            GET /api/pairings/{id:guid}                                      -
            GET /api/pairings/{id:guid}/events                               -
            GET /api/pairings/{id:guid}/instance                             -
            GET /api/pairings/{id:guid}/proposal                             -
            GET /api/stages/{id:guid}                                        -
            GET /api/stages/{id:guid}/conflicts                              -
            GET /api/stages/{id:guid}/substitutes                            -
            GET /api/stages/{id:guid}/targets                                -
            GET /internal/audit                                              -
            GET /internal/enrolments/{enrolmentId:guid}                      -
            GET /internal/people/{personId:guid}                             -
            GET /internal/retention                                          -
            GET /openapi/{documentName}.json                                 -
            POST /api/campaigns                                              -
            POST /api/campaigns/{campaignId:guid}/offers                     -
            POST /api/campaigns/{campaignId:guid}/pairings                   -
            POST /api/campaigns/{campaignId:guid}/publish                    -
            POST /api/campaigns/{campaignId:guid}/stages/approve             -
            POST /api/campaigns/{id:guid}/close                              -
            POST /api/offers/{id:guid}/accept                                role
            POST /api/offers/{id:guid}/refuse                                role
            POST /api/offers/{id:guid}/withdraw                              -
            POST /api/pairings/{id:guid}/adopt                               -
            POST /api/stages/{id:guid}/approve                               -
            POST /api/stages/{id:guid}/pin                                   -
            POST /api/stages/{id:guid}/reject                                -
            POST /api/stages/{id:guid}/substitutes                           -
            POST /api/stages/{id:guid}/substitutes/{offerId:guid}/accept     -
            POST /api/stages/{id:guid}/substitutes/{offerId:guid}/decline    -
            POST /api/stages/{id:guid}/unpin                                 -
            PUT /api/campaigns/{id:guid}                                     -
            PUT /api/offers/{id:guid}                                        -
            PUT /api/stages/{id:guid}                                        -
            """
        );

    [Fact]
    public void every_answer_out_of_a_childs_file_is_noted() => WhatIsNoted.OfEveryChildsFile(service.Services);
}
