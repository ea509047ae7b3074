global using System.Net;
global using System.Net.Http.Json;
global using Shouldly;
global using Stages.Api.Notification;
global using Stages.ServiceDefaults;
global using Stages.Testing;
global using Xunit;
