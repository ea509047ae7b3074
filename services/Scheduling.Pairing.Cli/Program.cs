using Stages.Pairing;
var problem = await InstanceFile.ReadAsync(args[0]);
var proposal = PairingEngine.Solve(problem, null, 1, Budget.Seconds(10));
await ProposalFile.WriteAsync(args[1], proposal);
Console.Error.WriteLine(proposal.Score);
