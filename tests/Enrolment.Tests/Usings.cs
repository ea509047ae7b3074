global using System.Net;
global using System.Net.Http.Json;
global using Shouldly;
global using Stages.Api.Enrolment;
global using Stages.ServiceDefaults;
global using Xunit;
