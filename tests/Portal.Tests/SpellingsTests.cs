using Microsoft.Extensions.Configuration;
using Stages.Portal.Clients;
using Stages.Portal.Imports;
using Stages.Portal.Pages.Family;
using Stages.Portal.SignIns;
using Stages.Vocabulary;

namespace Stages.Portal.Tests;

/// <summary>What the Portal's lists, forms and sign-in accept, keep and refuse of what people type.</summary>
public sealed class SpellingsTests
{
    private static readonly CampaignView Campaign = Some.Campaign;
    private static readonly Usual Usual = new("0340051W", ["MA"], ["A"], false, true);

    [Fact]
    public void phones()
    {
        Spellings.Hold(Spellings.Phones, t => Pupil("téléphone", t)?.Guardians[0].Phone);
        Spellings.Hold(Spellings.Phones, t => Teacher("téléphone", t)?.Phone);
        Spellings.Hold(Spellings.Phones, t => new PhoneNumbers(new ConfigurationBuilder().Build()).Read(t).Number?.ToString());
        Spellings.Hold(Spellings.Phones, t => Family("guardians[0].phone", new("Anne", null, t)) ? Texts.Normal<PhoneNumber>(t) : null);
    }

    [Fact]
    public void addresses()
    {
        Spellings.Hold(Spellings.Emails, t => Pupil("courriel", t)?.Guardians[0].Email?.ToLowerInvariant());
        Spellings.Hold(Spellings.Emails, t => Teacher("courriel", t)?.Email?.ToLowerInvariant());
        Spellings.Hold(Spellings.Emails, t => Family("guardians[0].email", new("Anne", t, null)) ? EmailAddress.KeyOf(t) : null);
    }

    /// <summary>A line of the lists of the ministry (ONDE, SIECLE) is read by the same columns.</summary>
    [Fact]
    public void names()
    {
        Spellings.Hold(Spellings.Names, t => Pupil("prénom", t)?.Pupil.FirstName);
        Spellings.Hold(Spellings.Names, t => Pupil("nom", t)?.Pupil.LastName);
        Spellings.Hold(Spellings.Names, t => Pupil("responsable", t)?.Guardians[0].Name);
        Spellings.Hold(Spellings.Names, t => Teacher("enseignant", t)?.Name);
        Spellings.Hold(Spellings.Names, t => Family("guardians[0].name", new(t, null, null)) ? Texts.Normal<NameText>(t) : null);
        Spellings.Hold(Spellings.Names, t => Child(new() { FirstName = t }, "pupil.firstName") ? Texts.Normal<NameText>(t) : null);
        Spellings.Hold(Spellings.Names, t => Child(new() { LastName = t }, "pupil.lastName") ? Texts.Normal<NameText>(t) : null);
    }

    [Fact]
    public void schools()
    {
        Spellings.Hold(Spellings.Schools, t => Pupil("UAI", t)?.Pupil.SchoolUai);
        Spellings.Hold(Spellings.Schools, t => Teacher("UAI", t)?.SchoolUai);
    }

    [Fact]
    public void levels() => Spellings.Hold(Spellings.Levels, t => Pupil("niveau", t)?.Pupil.Level);

    private static EnrolmentRequest? Pupil(string column, string cell)
    {
        var row = Row(("nom", "Martin"), ("prénom", "Léa"), ("niveau", "6e"), ("téléphone", ""), (column, cell));
        var (line, faults) = EnrolmentLine.Read(row, Campaign, Usual);
        var (body, missing) = EnrolmentMerge.New(line, Campaign, Usual);
        faults.AddRange(missing);
        faults.AddRange(new BodyRules(Campaign, new Dictionary<string, SchoolView>(StringComparer.Ordinal), Anybody).Faults(body, faults));
        faults.RemoveAll(f => f.Column == "UAI" && f.Text.Contains("annuaire", StringComparison.Ordinal));
        faults.ShouldAllBe(f => f.Column == column);
        return faults.Count == 0 ? body : null;
    }

    private static TeacherForm? Teacher(string column, string cell)
    {
        var row = Row(
            ("enseignant", "Karim Benali"),
            ("courriel", "karim@example.org"),
            ("enseigne", "MA 6e"),
            ("créneaux", "A:LUN-09:00"),
            (column, cell)
        );
        var (body, _, faults) = OfferLine.Read(row, Campaign);
        faults.ShouldAllBe(f => f.Column == column);
        return body?.Teacher;
    }

    private static bool Family(string field, Guardian guardian) =>
        !new EnrolmentForm { Guardians = [guardian] }
            .Faults("verification", Campaign)
            .ContainsKey(field);

    private static bool Child(EnrolmentForm form, string field) => !form.Faults("eleve", Campaign).ContainsKey(field);

    private static readonly Caller Anybody = new(Guid.Empty, Roles.Admin, null, null, null);

    private static TableRow Row(params (string Column, string Cell)[] cells) =>
        new(
            2,
            cells
                .GroupBy(c => Columns.Key(c.Column), StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Last().Cell, StringComparer.Ordinal)
        );
}
