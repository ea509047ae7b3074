using FluentValidation;

namespace Stages.Notifications.SignIns;

public sealed class SendAccountLetterValidator : AbstractValidator<SendAccountLetter>
{
    public SendAccountLetterValidator()
    {
        RuleFor(r => r.Id).NotEmpty();
        RuleFor(r => r.What).Must(AccountNews.All.Contains);
        RuleFor(r => r.Email).NotEmpty().When(r => string.IsNullOrEmpty(r.Phone));
        RuleFor(r => r.Email).IsEmail();
        RuleFor(r => r.Phone).IsPhone();
        RuleFor(r => r.Language).NotEmpty().MaximumLength(10);
        RuleFor(r => r.AboutFr).MaximumLength(100);
        RuleFor(r => r.AboutEn).MaximumLength(100);
    }
}

/// <summary>Letters about accounts, for the Portal; see <see cref="AccountNotice"/>.</summary>
public static class AccountLetters
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/internal/account-letters",
                async (SendAccountLetter request, Outgoing outgoing, Wake wake, [AsParameters] CommandContext context) =>
                {
                    var delivery = Of(request);
                    await context.Journal.Decide(reading => outgoing.Tell(reading, [delivery]), cancel: context.Cancel);
                    wake.Ring();
                    return Results.Accepted();
                }
            )
            .For(Roles.Service)
            .Validated<SendAccountLetter>()
            .ExcludeFromDescription();

    public static Delivery Of(SendAccountLetter request) =>
        Delivery.Of(
            $"account/{request.Id}",
            Recipient.Of(null, "", request.Email, request.Phone, request.Language),
            new AccountNotice(
                request.What,
                request.At,
                request.AboutFr is { } fr ? new LocalText(Clean.Sentence(fr), Clean.Sentence(request.AboutEn ?? fr)) : null
            ),
            new About(),
            request.At
        );
}
