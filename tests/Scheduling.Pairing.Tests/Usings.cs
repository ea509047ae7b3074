global using Shouldly;
global using Stages.Vocabulary;
global using Xunit;
