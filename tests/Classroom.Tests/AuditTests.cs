using Stages.Testing;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>What is noted of whom, in this service.</summary>
public sealed class AuditTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    [Fact]
    public void each_endpoint_says_what_is_noted_of_it() =>
        WhatIsNoted.Is(
            service.Services,
            """
            * /health/live                                                          -
            * /health/ready                                                         -
            * /hubs/check                                                           -
            * /hubs/check/negotiate                                                 -
            * /hubs/room                                                            -
            * /hubs/room/negotiate                                                  -
            DELETE /api/classroom/media-servers/{name}/drain                        -
            DELETE /api/classroom/resources/{id:guid}                               erasure
            DELETE /api/modules/{id:guid}/recordings/{recording:guid}               erasure
            DELETE /classroom/handed/{file:guid}                                    -
            DELETE /internal/people/{personId:guid}/                                -
            GET /api/classroom/campaigns/{id:guid}/attendance                       -
            GET /api/classroom/campaigns/{id:guid}/closing                          -
            GET /api/classroom/campaigns/{id:guid}/help                             -
            GET /api/classroom/campaigns/{id:guid}/place                            -
            GET /api/classroom/campaigns/{id:guid}/recording                        -
            GET /api/classroom/campaigns/{id:guid}/resources                        -
            GET /api/classroom/incidents                                            read
            GET /api/classroom/live                                                 read
            GET /api/classroom/media-servers                                        -
            GET /api/classroom/reports                                              read
            GET /api/classroom/resources/{id:guid}/open                             -
            GET /api/classroom/stages/{id:guid}/files                               read
            GET /api/classroom/stages/{id:guid}/place                               -
            GET /api/classroom/stages/{id:guid}/recordings                          -
            GET /api/classroom/stages/{id:guid}/resources                           -
            GET /api/classroom/troubles                                             read
            GET /api/modules/{id:guid}/attendance                                   read
            GET /api/modules/{id:guid}/files/{file:guid}                            read
            GET /api/modules/{id:guid}/place                                        -
            GET /api/modules/{id:guid}/recordings                                   -
            GET /api/modules/{id:guid}/recordings/{recording:guid}                  read
            GET /classroom/check                                                    -
            GET /classroom/files/{**path}                                           -
            GET /classroom/handed/                                                  -
            GET /classroom/handed/{file:guid}                                       -
            GET /classroom/help                                                     -
            GET /classroom/library/                                                 -
            GET /classroom/pages/{document:guid}/{number:int:range(1,100)}/         -
            GET /classroom/pages/{document:guid}/{number:int:range(1,100)}/words    -
            GET /classroom/seat                                                     -
            GET /classroom/{module:guid}                                            -
            GET /internal/audit                                                     -
            GET /internal/enrolments/{enrolmentId:guid}                             -
            GET /internal/people/{personId:guid}/                                   -
            GET /internal/retention                                                 -
            GET /openapi/{documentName}.json                                        -
            POST /api/classroom/campaigns/{id:guid}/place/try                       -
            POST /api/classroom/campaigns/{id:guid}/resources                       -
            POST /api/classroom/media-servers/{name}/drain                          -
            POST /api/classroom/rehearsals                                          -
            POST /api/classroom/resources/{id:guid}/accept                          -
            POST /api/classroom/resources/{id:guid}/refuse                          -
            POST /api/classroom/troubles                                            -
            POST /api/modules/{id:guid}/join                                        -
            POST /api/modules/{id:guid}/reports                                     -
            POST /classroom/bigbluebutton/{module:guid}                             -
            POST /classroom/enter                                                   -
            POST /classroom/handed/{file:guid}                                      -
            POST /classroom/library/{resource:guid}                                 -
            POST /classroom/pages/{document:guid}/{number:int:range(1,100)}/        -
            POST /classroom/recordings/{recording:guid}/{number:int:range(0,2160)}  -
            PUT /api/classroom/campaigns/{id:guid}/closing                          -
            PUT /api/classroom/campaigns/{id:guid}/help                             -
            PUT /api/classroom/campaigns/{id:guid}/place                            -
            PUT /api/classroom/campaigns/{id:guid}/recording                        -
            PUT /api/classroom/stages/{id:guid}/place                               -
            PUT /api/modules/{id:guid}/attendance                                   -
            """
        );

    [Fact]
    public void every_answer_out_of_a_childs_file_is_noted() => WhatIsNoted.OfEveryChildsFile(service.Services);
}
