using Microsoft.AspNetCore.Builder;

namespace Stages.ServiceDefaults.Tests;

/// <summary>No service starts without the key of accounts, wherever it runs.</summary>
public sealed class AccountKeyTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Local")]
    [InlineData("Test")]
    public void a_service_without_the_key_of_accounts_says_so_and_ends(string environment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration["Auth:Issuer"] = "https://stages.example.org";
        builder.Configuration["Services:Portal"] = "https://stages.example.org";

        var start = () => builder.AddStagesHttp("small", typeof(AccountKeyTests).Assembly);

        start.ShouldThrow<InvalidOperationException>().Message.ShouldContain("Auth:AccountKeyFile is not configured");
    }
}
