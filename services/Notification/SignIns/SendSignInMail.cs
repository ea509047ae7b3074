using FluentValidation;

namespace Stages.Notifications.SignIns;

public sealed class SendSignInMailValidator : AbstractValidator<SendSignInMail>
{
    public SendSignInMailValidator()
    {
        RuleFor(r => r.Email).NotEmpty().When(r => string.IsNullOrEmpty(r.Phone));
        RuleFor(r => r.Email).IsEmail();
        RuleFor(r => r.Phone).IsPhone();
        RuleFor(r => r.Link)
            .NotEmpty()
            .MaximumLength(2000)
            .Must(l => Uri.TryCreate(l, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");
        RuleFor(r => r.Code)
            .NotEmpty()
            .MaximumLength(40)
            .Must(c => c!.All(x => char.IsAsciiLetterOrDigit(x) || x is ' ' or '-'))
            .When(r => r.Code is not null);
        RuleFor(r => r.Language).NotEmpty().MaximumLength(10);
    }
}

public static class SignInMails
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/internal/sign-in-mails",
                async (SendSignInMail request, Outgoing outgoing, Wake wake, [AsParameters] CommandContext context) =>
                {
                    var now = context.Now;
                    var to = Recipient.Of(null, "", request.Email, request.Phone, request.Language);
                    var minutes = (int)Math.Max(1, Math.Round((request.ExpiresAt - now).TotalMinutes));
                    var notice = new SignInNotice(request.Link, request.Code, request.ExpiresAt, minutes, request.OnlyThere);
                    // The same link asked for again is the same mail: the Portal may repeat a request whose answer it lost.
                    var delivery = Delivery.Of($"sign-in/{request.Link}/{request.Code}", to, notice, new About(), now);
                    await context.Journal.Decide(reading => outgoing.Tell(reading, [delivery]), cancel: context.Cancel);
                    wake.Ring();
                    return Results.Accepted(
                        value: new SignInMailAccepted(
                            delivery.Id,
                            to.Channel == Channels.Sms && !outgoing.HasSms ? Channels.None : to.Channel
                        )
                    );
                }
            )
            .For(Roles.Service)
            .Validated<SendSignInMail>()
            .ExcludeFromDescription();
}
