using Stages.Pairing.Cli;

return await Commands.RunAsync(args);
