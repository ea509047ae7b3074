using System.IO.Compression;

namespace Stages.Portal.Imports;

/// <summary>A ZIP that somebody brought, weighed before anything in it is read.</summary>
public static class Archive
{
    /// <summary>A spreadsheet of many sheets has some dozens.</summary>
    private const int MostParts = 500;

    /// <summary>Unpacked, in bytes: a small file may pretend to be a huge one.</summary>
    private const long Heaviest = 64 * 1024 * 1024;

    /// <exception cref="UnreadableFile">Too much.</exception>
    public static ZipArchive Open(byte[] file, CancellationToken cancel)
    {
        var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        try
        {
            if (zip.Entries.Count > MostParts || IsHeavy(zip, cancel))
                throw Spreadsheet.TooLarge();
            return zip;
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>What its parts really are when unpacked, whatever it says of them.</summary>
    private static bool IsHeavy(ZipArchive zip, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        long sum = 0;
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            int read;
            while ((read = part.Read(buffer)) > 0)
            {
                cancel.ThrowIfCancellationRequested();
                if ((sum += read) > Heaviest)
                    return true;
            }
        }
        return false;
    }
}
