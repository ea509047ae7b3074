using System.Globalization;
using CsCheck;
using Stages.Portal.Imports;

namespace Stages.Portal.Tests;

/// <summary>
/// Generated lists (names of twelve scripts, homonyms, eight ways of writing letters, damage) are imported, exported, imported. Whoever
/// answers what the preview asks knows the children. No child is lost, merged with another or changed. <c>tests/lists</c> tries 2,000.
/// </summary>
public sealed class ListTests
{
    /// <remarks>
    /// Nobody can tell two children of one name, one day of birth and one school apart: two such lines are one child, of whom two parents
    /// stand in the list, and here no two real children are alike so far.
    /// </remarks>
    private static readonly Gen<(Style Style, RealChild[] Children, int[] Damage)> Lists =
        from style in Style.Any
        from any in RealChild.Any(style.IsFrenchAlone ? Gen.Const(0) : Gen.Int[0, RealChild.Scripts - 1]).Array[1, 14]
        let children = any.DistinctBy(c => (c.First, c.Last, c.Born, c.Uai)).ToArray()
        from damage in Gen.Int[0, 14].Array[children.Length]
        select (style, children.Select((c, i) => c with { Number = i }).ToArray(), damage);

    private static long Many =>
        long.TryParse(Environment.GetEnvironmentVariable("STAGES_LISTS"), CultureInfo.InvariantCulture, out var many) ? many : 150;

    [Fact]
    public void no_child_is_lost_merged_or_changed()
    {
        var (lists, children, asked) = (0, 0, 0);
        Lists.Sample(
            x =>
            {
                var list = x.Style.Write(x.Children, x.Damage);
                var enrolled = new Enrolled();
                var known = new Dictionary<Guid, RealChild>();
                Interlocked.Add(ref asked, Import(enrolled, known, Enrolled.Read(list.File), list));
                Hold(enrolled, known, list, x.Style);

                var before = enrolled.All.ToArray();
                if (before.Length > 0)
                    enrolled.Look(Enrolled.Read(enrolled.Export())).ShouldAllBe(l => l.What == "same", list.Encoding);
                Interlocked.Add(ref asked, Import(enrolled, known, Enrolled.Read(list.File), list));
                enrolled.All.SequenceEqual(before).ShouldBeTrue("the same list again changes nothing");
                Interlocked.Increment(ref lists);
                Interlocked.Add(ref children, known.Count);
            },
            iter: Many
        );
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{lists} lists, {children} children, {asked} lines asked: 0 lost, 0 merged, 0 changed"
        );
        if (Environment.GetEnvironmentVariable("STAGES_LISTS") is { Length: > 0 })
            File.WriteAllText(
                Path.Combine(Directory.CreateDirectory(Path.Combine(Servers.Checkout, "artifacts", "lists")).FullName, "lists.txt"),
                $"{lists} lists, {children} children, {asked} lines asked: 0 lost, 0 merged, 0 changed\n"
            );
    }

    /// <returns>How many lines somebody had to decide.</returns>
    private static int Import(Enrolled enrolled, Dictionary<Guid, RealChild> known, Table table, GeneratedList list)
    {
        var plan = enrolled.Look(table);
        var asked = plan.Where(l => l.What == "ask").ToList();
        Do(plan);
        foreach (var line in asked)
            Do([Decided(line)]);
        return asked.Count;

        void Do(IReadOnlyList<Planned> lines)
        {
            foreach (var (line, enrolment) in enrolled.CarryOut(lines))
            {
                var child = list.Truth[line.Row.Line];
                if (line.What is "change" or "same")
                    known[line.Existing!.Value].ShouldBe(child, $"line {line.Row.Line} is somebody else’s");
                else if (enrolment is not null)
                    known.Add(enrolment.Id, child.ShouldNotBeNull($"line {line.Row.Line} is damaged"));
            }
        }

        Planned Decided(Planned line)
        {
            var child = list.Truth[line.Row.Line].ShouldNotBeNull();
            var its = known.Where(k => k.Value == child).Select(k => (Guid?)k.Key).SingleOrDefault();
            return its is not null && list.Copies.Contains(line.Row.Line) && line.Candidates.All(c => c.Id != its)
                ? line with
                {
                    What = "refused",
                }
                : enrolled.Plan().Decided(line.Row, its) with
                {
                    Choice = "",
                };
        }
    }

    private static void Hold(Enrolled enrolled, Dictionary<Guid, RealChild> known, GeneratedList list, Style style)
    {
        var expected = list.Truth.Values.OfType<RealChild>().Distinct().ToArray();
        known.Values.ShouldBe(expected, ignoreOrder: true, list.Encoding);
        foreach (var (id, child) in known)
        {
            var e = enrolled[id];
            (e.Pupil.FirstName, Plain(e.Pupil.LastName)).ShouldBe((child.First, Plain(child.Last)));
            (e.Pupil.SchoolUai, e.Pupil.Level, e.Pupil.BirthYear).ShouldBe(
                (child.Uai, child.LevelText, style.Birth > 0 ? child.Born.Year : null)
            );
            e.Guardians.ShouldHaveSingleItem().Email.ShouldBe(style.Guardians ? child.Email : null);
            e.Wishes.Select(w => w.Subject).ShouldBe(child.Number % 3 == 0 ? ["FR", "MA"] : ["MA"]);
        }
    }

    /// <summary>Old encodings have neither of these.</summary>
    private static string Plain(string name) => name.Replace('’', '\'').Replace("œ", "oe", StringComparison.Ordinal);
}
