using Stages.Pairing;
var problem = await InstanceFile.ReadAsync(args[0]);
var proposal = PairingEngine.Solve(problem, null, 1, Budget.Seconds(double.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture)));
await ProposalFile.WriteAsync(args[1], proposal);
Console.Error.WriteLine(proposal.Score);
