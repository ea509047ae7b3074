using System.Runtime.CompilerServices;
using Stages.Vocabulary;

namespace Stages.Testing;

/// <summary>The account key of every test, compiled into each test project: ids are made before any fixture is.</summary>
internal static class AccountKeyOfTests
{
    public const string Hexadecimal = "7e57000000000000000000000000000000000000000000000000000000007e57";

#pragma warning disable CA2255 // a test project is a program of its own, and has no other beginning
    [ModuleInitializer]
    internal static void Use() => AccountKey.Use(Hexadecimal);
#pragma warning restore CA2255
}
