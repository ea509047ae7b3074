using Stages.Testing;

namespace Stages.Notifications.Tests;

/// <summary>What is noted of whom, in this service.</summary>
public sealed class AuditTests(NotificationService service)
{
    [Fact]
    public void each_endpoint_says_what_is_noted_of_it() =>
        WhatIsNoted.Is(
            service.Services,
            """
            * /health/live                           -
            * /health/ready                          -
            DELETE /internal/people/{personId:guid}  -
            GET /api/me/calendar                     -
            GET /api/me/notifications                read
            GET /api/notifications                   read
            GET /api/notifications/addresses         read
            GET /api/notifications/people            read
            GET /api/notifications/summary           -
            GET /calendars/{secret}.ics              -
            GET /internal/audit                      -
            GET /internal/enrolments/{enrolmentId:guid}  -
            GET /internal/people/{personId:guid}     -
            GET /internal/retention                  -
            GET /openapi/{documentName}.json         -
            HEAD /calendars/{secret}.ics             -
            POST /api/me/calendar/revoke             -
            POST /api/notifications/{id:guid}/retry  read
            POST /api/notifications/{id:guid}/told   read
            POST /internal/account-letters           -
            POST /internal/addresses/answer          -
            POST /internal/addresses/look            -
            POST /internal/addresses/proven          -
            POST /internal/sign-in-mails             -
            PUT /internal/coordinators               -
            """
        );

    [Fact]
    public void every_answer_out_of_a_childs_file_is_noted() => WhatIsNoted.OfEveryChildsFile(service.Services);
}
