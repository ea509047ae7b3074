using JasperFx.Events.Projections;
using Marten.Events.Projections;
using Stages.Contracts;
using Stages.Enrolments;
using Stages.Enrolments.Drafts;
using Stages.Enrolments.People;
using Stages.Enrolments.Placements;
using Weasel.Postgresql.Tables;

var builder = WebApplication.CreateBuilder(args);
builder.AddStages(
    "enrolment",
    Topology.Enrolment,
    options =>
    {
        options.Projections.Snapshot<Enrolment>(SnapshotLifecycle.Inline);
        options
            .Schema.For<Enrolment>()
            .FoundBy(e => e.Words)
            .Index(e => e.ChildKey!)
            .Duplicate(e => e.Likeness, pgType: "uuid[]", configure: index => index.Method = IndexMethod.gin)
            // Finds a campaign's enrolments too: the campaign comes first.
            .UniqueIndex(Marten.Schema.UniqueIndexType.Computed, "enrolment_reference", e => e.CampaignId, e => e.Reference!)
            .Index(
                e => e.FamilyIds,
                index =>
                {
                    index.Method = IndexMethod.gin;
                    // Each family that enrols is looked for at once: a list of what is still to be indexed would be read through by each.
                    index.StorageParameters["fastupdate"] = "off";
                }
            );
        options.Schema.For<Draft>().Index(d => d.Owner);
        options.RegisterDocumentTypes([typeof(Campaign), typeof(School), typeof(SchoolDirectoryVersion), typeof(StageMirror)]);
        NamedAddresses.AddTo(options);
        Masking.AddTo(options);
    },
    Publishing.ToContracts
);
builder.Keeps(
    ForgetEnrolments.Rule,
    NamedAddresses.Rule,
    RetentionRule.Of<Draft>(
        "drafts",
        30,
        new LocalText(
            "Inscriptions commencées et non envoyées : depuis la dernière saisie",
            "Enrolments begun and not sent: since last typed"
        ),
        draft => draft.SavedAt,
        before => draft => draft.SavedAt < before
    )
);
builder.Services.AddNameSearch();
builder.AddVirusScanner();
builder.ForgetsNames<Enrolment>(Forgetting.Teacher, typeof(PlaceOffered));
builder.Services.AddSingleton(Caps.Of(builder.Configuration)).AddSingleton<NamedAddresses>();
builder.Services.AddSingleton<OwnEnrolments>().AddHostedService(s => s.GetRequiredService<OwnEnrolments>());
builder.Services.AddSingleton<CampaignCatalogue>();
builder.Services.AddSingleton<SchoolDirectory>();
builder.Services.AddHostedService<ImportShippedSchools>();
builder.Services.AddHostedService<FillOldEnrolments>();

var app = builder.Build();
app.UseStages();
SubmitEnrolment.Map(app);
ChangeEnrolment.Map(app);
WithdrawEnrolment.Map(app);
AnswerPlacement.Map(app);
WriteSchoolNote.Map(app);
WriteReport.Map(app);
ReadEnrolments.Map(app);
ReadDraw.Map(app);
ReadPupils.Map(app);
ReadModules.Map(app);
SearchSchools.Map(app);
ImportSchools.Map(app);
SaveDraft.Map(app);
Objections.Map(app);
MergeEnrolments.Map(app);
TellApart.Map(app);
PaperFamilies.Map(app);
PersonalDataEndpoints.Map(app);
PupilNames.Map(app);
app.RunOrMigrate();

/// <summary>Named for the tests that start it.</summary>
public partial class Program;
