global using Shouldly;
global using Stages.Testing;
global using Xunit;
