using Stages.Portal.Imports;

namespace Stages.Portal.Tests;

/// <summary>An import never turns one child into another: what could be two is asked, by whoever knows them.</summary>
public sealed class IdentityTests
{
    private readonly Enrolled enrolled = new();

    [Fact]
    public void names_in_any_script_are_names()
    {
        const string heading = "nom;prénom;niveau;UAI;responsable;courriel\n";
        var olga = Import(heading + "Иванова;Ольга;6e;0340051W;Мать Иванова;olga@example.org")[0].Enrolment!;
        Import(heading + "Петров;Иван;5e;0340051W;Отец Петров;ivan@example.org")[0].Line.What.ShouldBe("create");
        enrolled[olga.Id].ShouldBeSameAs(olga);
        Look("nom;prénom;niveau;UAI\nИванова;Анна;6e;0340051W\nПетров;Анна;6e;0340051W\n李;小龍;6e;0340051W\n李;美玲;6e;0340051W")
            .ShouldAllBe(l => l.What == "create");
        Look("nom;prénom;niveau;UAI\nИВАНОВА;ОЛЬГА;6e;0340051W").Single().Existing.ShouldBe(olga.Id);
    }

    [Fact]
    public void two_of_one_name_are_told_apart_by_their_years_in_two_lists_and_in_one()
    {
        const string heading = "nom;prénom;niveau;UAI;année de naissance;responsable;courriel\n";
        var first = Import(heading + "MARTIN;Léa;6e;0340051W;2015;Anne Martin;lea.a@example.org")[0].Enrolment!;
        Import(heading + "MARTIN;Léa;3e;0340051W;2012;Karim Martin;lea.b@example.org")[0]
            .Line.What.ShouldBe("refused", "no level of the campaign");
        Import(heading + "MARTIN;Léa;4e;0340051W;2012;Karim Martin;lea.b@example.org")[0].Line.What.ShouldBe("create");
        enrolled[first.Id].ShouldBeSameAs(first);
        new Enrolled()
            .Look(Enrolled.Read("nom;prénom;niveau;UAI;année de naissance\nMARTIN;Léa;6e;0340051W;2015\nMARTIN;Lea;5e;0340051W;2014"))
            .ShouldAllBe(l => l.What == "create");
    }

    [Fact]
    public void pupils_of_siecle_are_told_apart_by_ine_and_date_of_birth()
    {
        static string Pupil(int n, string born) =>
            $"<ELEVE><ID_NATIONAL>12000000{n}AA</ID_NATIONAL><NOM_DE_FAMILLE>MARTIN</NOM_DE_FAMILLE><PRENOM>Léa</PRENOM>"
            + $"<DATE_NAISS>{born}</DATE_NAISS><CODE_MEF>10010012110</CODE_MEF></ELEVE>";
        var list = Enrolled.Read(
            $"<BEE_ELEVES><PARAMETRES><UAJ>0340051W</UAJ></PARAMETRES>{Pupil(1, "01/02/2015")}{Pupil(2, "11/09/2015")}</BEE_ELEVES>"
        );
        enrolled.Import(list).ShouldAllBe(l => l.Line.What == "create");
        enrolled.Look(list).ShouldAllBe(l => l.What == "same");
        // The same INE at another school is the same child; another INE is another one, whatever else is alike.
        Look("nom;prénom;niveau;UAI;INE\nMARTIN;Léa;6e;0110003U;120000001AA").Single().Existing.ShouldBe(enrolled.All[0].Id);
        Look("nom;prénom;niveau;UAI;INE\nMARTIN;Léa;6e;0340051W;120000003AA").Single().What.ShouldBe("create");
        enrolled.All.SelectMany(e => e.Marks!).ShouldAllBe(m => !m.Contains("120000", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nom;prénom;niveau;UAI\nDELMAS;Camille;5e;0340051W", "another level")]
    [InlineData("nom;prénom;niveau;UAI;courriel\nDELMAS;Camille;6e;0340051W;paul@example.org", "a guardian whom nobody knows")]
    public void who_may_be_somebody_else_is_asked(string list, string why)
    {
        var camille = enrolled.Add("Camille", "Delmas");
        var line = Look(list).Single();
        line.What.ShouldBe("ask", why);
        line.Candidates.ShouldHaveSingleItem().Text.ShouldContain("Anne Delmas");
        var another = enrolled.Plan().Decided(line.Row, null);
        (another.What, another.Existing).ShouldBe(("create", null));
        var same = enrolled.Plan().Decided(line.Row, camille.Id);
        (same.What, same.Existing).ShouldBe(("change", camille.Id));
        same.Changes.ShouldNotBeEmpty();
    }

    [Fact]
    public void two_lines_never_change_one_enrolment()
    {
        enrolled.Add("Camille", "Delmas");
        Look("nom;prénom;niveau;UAI;année de naissance\nDELMAS;Camille;6e;0340051W;2015\nDELMAS;Camille;6e;0340051W;2014")
            .ShouldAllBe(l => l.What == "ask");
        Look("nom;prénom;niveau;UAI\nROUX;Tim;6e;0340051W\nROUX;Tim;6e;0340051W").Select(l => l.What).ShouldBe(["create", "ask"]);
        Look("nom;prénom;niveau;UAI;INE\nROUX;Tim;6e;0340051W;1A\nROUX;Tim;6e;0340051W;1A")
            .Select(l => l.What)
            .ShouldBe(["create", "refused"]);
        var like = Look("nom;prénom;niveau;UAI;responsable\nROUX;Tim;6e;0340051W;Anne\nROUX;Tim;6e;0340051W;Karim")[1];
        (like.What, like.Like).ShouldBe(("ask", 2));
    }

    /// <summary>Sorted by one column alone, a list has the ids of one and the names of another.</summary>
    [Fact]
    public void an_id_beside_the_name_of_another_child_is_asked()
    {
        var camille = enrolled.Add("Camille", "Delmas");
        Look($"inscription;nom;prénom\n{camille.Id};PETROV;Ivan").Single().What.ShouldBe("ask");
        Look($"inscription;nom;prénom\n{camille.Id};Delmas;Camilla").Single().Changes.ShouldBe([new("prénom", "Camille", "Camilla")]);
    }

    private IReadOnlyList<Planned> Look(string csv) => enrolled.Look(Enrolled.Read(csv));

    private IReadOnlyList<(Planned Line, EnrolmentView? Enrolment)> Import(string csv) => enrolled.Import(Enrolled.Read(csv));
}
