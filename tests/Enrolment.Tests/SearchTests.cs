using System.Text.Json;
using CsCheck;
using Stages.Testing;
using Stages.Vocabulary;

namespace Stages.Enrolments.Tests;

/// <summary>A coordinator on the phone finds a pupil by what is said there, as it is heard and typed.</summary>
public sealed class SearchTests(EnrolmentService service) : IAsyncLifetime
{
    private static readonly (string First, string Last, string Guardian)[] Pupils =
    [
        ("Hélène", "Le Goff", "Yann Le Goff"),
        ("Léa", "Martin", "Sophie Durand-Petit"),
        ("Awa", "N’Diaye", "Mariama N’Diaye"),
        ("Rui", "d’Almeida", "Teresa d’Almeida"),
        ("Ömer", "Öztürk", "Ayşe Öztürk"),
        ("Marie", "Cœurdassier", "Paul Cœurdassier"),
        ("Ольга", "Иванова", "Иван Иванов"),
        ("Zoé", "Garnier", "Lucie Garnier"),
    ];

    private static Guid campaign;

    private static readonly SemaphoreSlim Once = new(1);

    public async ValueTask InitializeAsync()
    {
        await Once.WaitAsync();
        try
        {
            if (campaign == Guid.Empty)
                campaign = await Fill();
        }
        finally
        {
            Once.Release();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("helene", "Hélène")]
    [InlineData("HÉLÈNE", "Hélène")]
    [InlineData("He\u0301le\u0300ne", "Hélène")]
    [InlineData("le goff hélène", "Hélène")]
    [InlineData("goff", "Hélène")]
    [InlineData("lea martin", "Léa")]
    [InlineData("martin lé", "Léa")]
    [InlineData("durand", "Léa")]
    [InlineData("petit sophie", "Léa")]
    [InlineData("n'diaye", "Awa")]
    [InlineData("N’DIAYE", "Awa")]
    [InlineData("ndiaye", "Awa")]
    [InlineData("d'almeida", "Rui")]
    [InlineData("dalmeida", "Rui")]
    [InlineData("ozturk", "Ömer")]
    [InlineData("coeur", "Marie")]
    [InlineData("Cœur", "Marie")]
    [InlineData("ольга", "Ольга")]
    [InlineData("garneir", "Zoé")]
    [InlineData("granier zoe", "Zoé")]
    [InlineData("marten lea", "Léa")]
    [InlineData("osturk", "Ömer")]
    [InlineData("parent-garnier@example.org", "Zoé")]
    [InlineData("almeida", "Rui")]
    [InlineData("xylophone", null)]
    [InlineData("???", null)]
    [InlineData("100 %", null)]
    public async Task a_pupil_is_found_by(string typed, string? first) => (await Found(typed)).ShouldBe(first is null ? [] : [first]);

    [Fact]
    public Task whoever_begins_some_words_of_the_name_in_any_order_finds_the_pupil() =>
        Gen.Select(Gen.Int[0, Pupils.Length - 1].Select(i => Pupils[i]), Gen.Int[1, 4], Gen.Int[0, 1000], Gen.Bool)
            .SampleAsync(
                async (pupil, count, seed, upper) =>
                {
                    var random = new Random(seed);
                    var words = $"{pupil.First} {pupil.Last} {pupil.Guardian}".Split(' ');
                    random.Shuffle(words);
                    var typed = string.Join(' ', words.Take(count).Select(w => w[..random.Next(1, w.Length + 1)]));
                    (await Found(upper ? typed.ToUpperInvariant() : TextKey.Of(typed))).ShouldContain(pupil.First, typed);
                },
                iter: 60
            );

    private async Task<IReadOnlyList<string>> Found(string typed)
    {
        using var coordinator = service.Client("coordinator");
        var found = await coordinator.GetFromJsonAsync<JsonElement>(
            $"/api/campaigns/{campaign}/enrolments?search={Uri.EscapeDataString(typed)}"
        );
        return [.. found.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("pupil").GetProperty("firstName").GetString()!)];
    }

    private async Task<Guid> Fill()
    {
        var id = Some.Id();
        var now = TimeProvider.System.GetUtcNow();
        await service.Publish(Some.Campaign(id, now.AddDays(-1), now.AddDays(1)));
        foreach (var (first, last, guardian) in Pupils)
        {
            var email = $"parent-{TextKey.Letters(last)}@example.org";
            var request = Some.Request(first, TextKey.Letters(last).All(char.IsAscii) ? email : "parent-olga@example.org");
            request = request with
            {
                Pupil = request.Pupil with { LastName = last },
                Guardians = [request.Guardians[0] with { Name = guardian }],
            };
            using var coordinator = service.Client("coordinator");
            await Eventually.Is(
                () => coordinator.PostAsJsonAsync($"/api/campaigns/{id}/enrolments", request),
                a => a.StatusCode == HttpStatusCode.Created
            );
        }
        return id;
    }
}
