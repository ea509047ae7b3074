using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Stages.Portal.SignIns;

/// <summary>A key that seals cookies and tickets.</summary>
public sealed record SealingKey(string Id, string Xml);

/// <summary>Keeps the sealing keys in PostgreSQL, so that a cookie of one copy of the Portal is good at every other.</summary>
public sealed class KeyRing(IDocumentStore store, Journal journal) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var session = store.QuerySession();
        // The framework's interface is synchronous; it reads at start and once a day.
        var keys = Task.Run(() => session.Query<SealingKey>().ToListAsync()).GetAwaiter().GetResult();
        return [.. keys.Select(k => XElement.Parse(k.Xml)).Where(IsSealed)];
    }

    /// <summary>A key from times when they lay open may have been read by anybody: who was signed in by it signs in again.</summary>
    public static bool IsSealed(XElement key) => !key.Descendants("masterKey").Any();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => journal.Decide(Keep(element, friendlyName))).GetAwaiter().GetResult();

    public static Decision Keep(XElement element, string friendlyName) =>
        Decision.Nothing.AndStore(new SealingKey(friendlyName, element.ToString(SaveOptions.DisableFormatting)));
}
