using Stages.Benchmarks;

// Figures are ratios within one run: the machine they are taken on is shared and noisy.
return args switch
{
    ["enrolments", .. var rest] => await EnrolmentRate.Run(rest),
    ["latency", .. var rest] => await MailLatency.Run(rest),
    ["board", .. var rest] => await BoardDrop.Run(rest),
    ["coordinator", .. var rest] => await CoordinatorPages.Run(rest),
    ["status-page", .. var rest] => await StatusPageRate.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: tests/bench enrolments [ROUNDS [SECONDS]]   durable enrolments a second over HTTP beside pgbench, and their ratio
               tests/bench latency [SECONDS [PER_SECOND]]  from HTTP answer to mail handed to SMTP, at 200 enrolments a second
               tests/bench board [--at URL TOKEN [CAMPAIGN]]  a drop on the board of 500 stages and 3,000 wishes, over HTTP and with a mouse
               tests/bench coordinator [PUPILS]            list, search, board and import preview with 20,000 pupils, 95 % of each
               tests/bench status-page [ROUNDS [SECONDS]]  the signed-in family's page beside a bare Kestrel endpoint
        """
    );
    return 2;
}
