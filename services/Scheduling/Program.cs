using Stages.Contracts;
using Stages.Scheduling;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Holidays;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Runs;
using Stages.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddStages("scheduling", Topology.Scheduling, Schema.Configure, Publishing.ToContracts);
builder.AddJobs("scheduling");
builder.Services.AddSingleton<CandidateMirror>();
builder.Services.AddSingleton<Adoption>();
builder.Services.AddHostedService<RecurringWork>();

var app = builder.Build();
app.UseStages();
ReadHolidays.Map(app);
OpenCampaignEndpoint.Map(app);
ChangeCampaignEndpoint.Map(app);
CloseCampaign.Map(app);
ReadCampaigns.Map(app);
DeclareOfferEndpoint.Map(app);
ChangeOfferEndpoint.Map(app);
WithdrawOffer.Map(app);
ReadOffers.Map(app);
RequestPairingEndpoint.Map(app);
CancelPairing.Map(app);
ReadPairings.Map(app);
AdoptProposal.Map(app);
app.Run();

public partial class Program;
