System.Console.WriteLine("infra/pair");
