global using System.Net;
global using System.Net.Http.Json;
global using System.Text.Json;
global using Shouldly;
global using Stages.Api.Scheduling;
global using Stages.ServiceDefaults;
global using Stages.Testing;
global using Xunit;
