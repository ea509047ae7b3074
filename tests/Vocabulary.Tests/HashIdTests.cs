using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Vocabulary.Tests;

public sealed class HashIdTests
{
    private static readonly DateTimeOffset Instant = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void one_text_makes_another_id_in_each_space() =>
        IdSpace.All.Select(s => HashId.Of(s, "one")).Distinct().Count().ShouldBe(IdSpace.All.Count);

    [Fact]
    public void no_space_begins_another()
    {
        foreach (var one in IdSpace.All)
        foreach (var other in IdSpace.All.Where(s => s != one))
            other.Opening.ShouldNotStartWith(one.Opening);
    }

    [Fact]
    public void ids_of_streams_never_change() =>
        HashId.Of(IdSpace.Timetable, "0192f8a0-0000-7000-8000-000000000001").ShouldBe(new Guid("a22a1f18-59f9-83fb-9cb4-ced514e2629c"));

    [Fact]
    public void ids_of_addresses_are_keyed_and_others_are_not()
    {
        IdSpace
            .All.Where(s => s.Keyed)
            .ShouldBe(
                [
                    IdSpace.Delivery,
                    IdSpace.Address,
                    IdSpace.Trace,
                    IdSpace.Teacher,
                    IdSpace.Confirmation,
                    IdSpace.Person,
                    IdSpace.Pupil,
                    IdSpace.Draft,
                    IdSpace.Seat,
                ],
                ignoreOrder: true
            );
        foreach (var space in IdSpace.All)
        {
            var bytes = Encoding.UTF8.GetBytes(space.Opening + "parent@example.org");
            var key = Convert.FromHexString(AccountKeyOfTests.Hexadecimal);
            var hash = space.Keyed ? HMACSHA256.HashData(key, bytes) : SHA256.HashData(bytes);
            (hash[6], hash[8]) = ((byte)((hash[6] & 0x0F) | 0x80), (byte)((hash[8] & 0x3F) | 0x80));
            HashId.Of(space, "parent@example.org").ShouldBe(new Guid(hash.AsSpan(0, 16), bigEndian: true));
        }
    }

    [Fact]
    public void without_a_key_there_is_no_id_of_an_address()
    {
        // The library as a process has it that was given no key.
        var context = new AssemblyLoadContext("without a key", isCollectible: true);
        var ids = context.LoadFromAssemblyPath(typeof(PersonId).Assembly.Location).GetType(typeof(PersonId).FullName!)!;
        var made = () => ids.GetMethod(nameof(PersonId.FromEmail))!.Invoke(null, ["parent@example.org"]);

        made.ShouldThrow<TargetInvocationException>().InnerException!.Message.ShouldContain("Auth:AccountKeyFile");
        context.Unload();
    }

    [Fact]
    public void a_process_keeps_its_key()
    {
        AccountKey.Use(AccountKeyOfTests.Hexadecimal + "\n");
        Should.Throw<InvalidOperationException>(() => AccountKey.Use(new string('0', 64)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7e57")]
    [InlineData("zz57000000000000000000000000000000000000000000000000000000007e57")]
    public void a_key_is_as_long_as_it_must_be(string key) =>
        Should.Throw<ArgumentException>(() => AccountKey.Use(key)).Message.ShouldContain("openssl rand -hex 32");

    [Theory]
    [InlineData("parent@example.org")]
    [InlineData(" Parent@Example.ORG. ")]
    public void an_account_is_its_address_however_written(string email)
    {
        PersonId.FromEmail(email).ShouldBe(new Guid("6f2e4654-8dda-8380-96fb-47ed828448c3"));
        PersonId.Of(EmailAddress.Parse(email)).ShouldBe(PersonId.FromEmail(email));
    }

    [Theory]
    [InlineData("06 39 98 00 01")]
    [InlineData("+33 (0)6 39 98 00 01")]
    [InlineData("+330639980001")]
    [InlineData("+33639980001")]
    public void an_account_is_its_number_however_written(string phone)
    {
        PersonId.FromPhone(phone).ShouldBe(new Guid("dbaa6a29-4821-8b9a-b393-1ccb6711aefc"));
        PersonId.Of(PhoneNumber.Parse(phone)).ShouldBe(PersonId.FromPhone(phone));
    }

    [Fact]
    public void an_id_says_its_version()
    {
        HashId.Of(IdSpace.Delivery, "x").Version.ShouldBe(8);
        HashId.At(Instant, IdSpace.Stage, "x").Version.ShouldBe(7);
        HashId.At(Instant, IdSpace.Stage, "x").Variant.ShouldBeInRange(8, 11);
    }

    [Fact]
    public void an_id_of_an_instant_sorts_by_it()
    {
        var (early, late) = (HashId.At(Instant, IdSpace.Stage, "b"), HashId.At(Instant.AddMilliseconds(1), IdSpace.Stage, "a"));
        string.CompareOrdinal(early.ToString(), late.ToString()).ShouldBeLessThan(0);
    }
}
