namespace Stages.Benchmarks;
public static class MailLatency { public static Task<int> Run(string[] args) => Task.FromResult(args.Length); }
