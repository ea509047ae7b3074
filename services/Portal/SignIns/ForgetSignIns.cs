using Marten;
using Marten.Linq.LastModified;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Portal.SignIns;

/// <summary>Sign-ins are kept while they limit how often somebody may try, and somewhat longer for whoever looks into an attack.</summary>
public static class ForgetSignIns
{
    private const int AtOnce = 200;

    public static readonly RetentionRule Rule = new(
        "sign-ins",
        30,
        new LocalText(
            "Demandes de connexion, sans l’adresse : depuis la dernière",
            "Requests to sign in, without the address: since the last"
        ),
        async (services, before, cancel) =>
        {
            await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
            var old = await session
                .Query<AddressSignIns>()
                .Where(s => s.ModifiedBefore(before))
                .Take(AtOnce)
                .Select(s => s.Id)
                .ToListAsync(cancel);
            await services
                .GetRequiredService<Journal>()
                .Decide(Decision.All(old.Select(id => Decision.Nothing.AndForget(id).AndDelete<AddressSignIns>(id))), cancel);
            return old.Count;
        }
    );
}
