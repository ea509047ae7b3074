using Stages.Benchmarks;

// Figures are ratios within one run: the machine they are taken on is shared and noisy.
return args switch
{
    ["enrolments", .. var rest] => await EnrolmentRate.Run(rest),
    ["latency", .. var rest] => await MailLatency.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: tests/bench enrolments [ROUNDS [SECONDS]]   durable enrolments a second over HTTP beside pgbench, and their ratio
               tests/bench latency [SECONDS [PER_SECOND]]  from HTTP answer to mail handed to SMTP, at 200 enrolments a second
        """);
    return 2;
}
