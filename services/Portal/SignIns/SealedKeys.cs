using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Stages.Portal.SignIns;

/// <summary>
/// The keys that seal cookies and tickets lie in the database, and are themselves sealed there with a secret that does not: who reads the
/// database, or a copy of it, signs in as nobody. The file (<c>Portal:SealingKeyFile</c>) has one secret a line; the first seals, all
/// open: a new one is put before the old.
/// </summary>
public sealed class SealingSecrets
{
    private const int Length = 32;

    public SealingSecrets(IConfiguration configuration)
    {
        const string setting = "Portal:SealingKeyFile";
        var file =
            configuration[setting]
            ?? throw new InvalidOperationException(
                $"{setting} is not configured: a file with 64 hexadecimal digits (openssl rand -hex 32)."
            );
        All = [.. File.ReadLines(file).Select(l => l.Trim()).Where(l => l.Length > 0).Select(Convert.FromHexString)];
        if (All.Count == 0 || All.Any(s => s.Length != Length))
            throw new InvalidOperationException($"{setting}: each line is {2 * Length} hexadecimal digits.");
    }

    internal IReadOnlyList<byte[]> All { get; }
}

/// <summary>AES-256-GCM.</summary>
public sealed class SealKeys(SealingSecrets secrets) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var (tag, cipher) = (new byte[AesGcm.TagByteSizes.MaxSize], new byte[plain.Length]);
        using var aes = new AesGcm(secrets.All[0], tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag);
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String([.. nonce, .. tag, .. cipher])), typeof(OpenKeys));
    }
}

/// <summary>Made by the framework, which knows it by the name that is stored beside each key.</summary>
public sealed class OpenKeys(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var bytes = Convert.FromBase64String(encryptedElement.Value);
        var (nonceSize, tagSize) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        byte[] nonce = bytes[..nonceSize],
            tag = bytes[nonceSize..(nonceSize + tagSize)],
            cipher = bytes[(nonceSize + tagSize)..];
        var plain = new byte[cipher.Length];
        foreach (var secret in services.GetRequiredService<SealingSecrets>().All)
        {
            try
            {
                using var aes = new AesGcm(secret, tagSize);
                aes.Decrypt(nonce, cipher, tag, plain);
                return XElement.Parse(Encoding.UTF8.GetString(plain));
            }
            catch (AuthenticationTagMismatchException)
            {
                // Another secret's.
            }
        }
        throw new CryptographicException("No line of Portal:SealingKeyFile opens this key: the secret it was sealed with is missing.");
    }
}
