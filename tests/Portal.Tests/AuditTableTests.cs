using Yarp.ReverseProxy.Model;

namespace Stages.Portal.Tests;

/// <summary>
/// What is noted of the Portal's own pages and endpoints by what they say of themselves. Accounts, and what a person takes of their own
/// data or has erased, are noted where they change, whichever page led there: <see cref="AuditTests"/>. Pages show children as the
/// services tell of them, which note it.
/// </summary>
public sealed class AuditTableTests(PortalService portal)
{
    [Fact]
    public void each_page_and_endpoint_says_what_is_noted_of_it() =>
        WhatIsNoted.Is(
            portal.Services,
            """
            * /api/{**unknown}                                                                         -
            * /health/live                                                                             -
            * /health/ready                                                                            -
            * {*path:nonfile}                                                                          -
            DELETE /api/me                                                                             -
            DELETE /api/me/sessions/{id:guid}                                                          -
            GET /                                                                                      -
            GET /_framework/opaque-redirect                                                            -
            GET /a/{Code}                                                                              -
            GET /accessibilite                                                                         -
            GET /administration/journal                                                                -
            GET /administration/personnes                                                              -
            GET /administration/territoires                                                            -
            GET /aide                                                                                  -
            GET /api                                                                                   -
            GET /api/administration/audit                                                              -
            GET /api/me                                                                                -
            GET /api/me/data                                                                           -
            GET /api/me/modules                                                                        -
            GET /api/me/sessions                                                                       -
            GET /classe/{ModuleId:guid}                                                                -
            GET /compte                                                                                -
            GET /compte/double-authentification                                                        -
            GET /confidentialite                                                                       -
            GET /confidentialite/registre                                                              -
            GET /connexion                                                                             -
            GET /connexion/code                                                                        -
            GET /connexion/lien                                                                        -
            GET /connexion/quitter                                                                     -
            GET /connexion/relier                                                                      -
            GET /connexion/verification                                                                -
            GET /connexion/{scheme}                                                                    -
            GET /connexion/{scheme}/quitter                                                            -
            GET /coordination                                                                          -
            GET /coordination/nouvelle                                                                 -
            GET /coordination/{CampaignId:guid}                                                        -
            GET /coordination/{CampaignId:guid}/acceptation                                            -
            GET /coordination/{CampaignId:guid}/acceptation/{OfferId:guid}                             -
            GET /coordination/{CampaignId:guid}/appariements                                           -
            GET /coordination/{CampaignId:guid}/appariements/{RunId:guid}                              -
            GET /coordination/{CampaignId:guid}/attente                                                -
            GET /coordination/{CampaignId:guid}/attente/{EnrolmentId:guid}/{Subject}                   -
            GET /coordination/{CampaignId:guid}/classe                                                 -
            GET /coordination/{CampaignId:guid}/direct                                                 -
            GET /coordination/{CampaignId:guid}/historique                                             -
            GET /coordination/{CampaignId:guid}/importer/{What:regex(^(inscriptions|propositions)$)}   -
            GET /coordination/{CampaignId:guid}/inscriptions                                           -
            GET /coordination/{CampaignId:guid}/inscriptions/{Id:guid}                                 -
            GET /coordination/{CampaignId:guid}/inscriptions/{Id:guid}/doublon/{Other:guid}            -
            GET /coordination/{CampaignId:guid}/inscrire                                               -
            GET /coordination/{CampaignId:guid}/messages                                               -
            GET /coordination/{CampaignId:guid}/propositions                                           -
            GET /coordination/{CampaignId:guid}/publication                                            -
            GET /coordination/{CampaignId:guid}/reglages                                               -
            GET /coordination/{CampaignId:guid}/ressources                                             -
            GET /coordination/{CampaignId:guid}/stages                                                 -
            GET /coordination/{CampaignId:guid}/stages/{StageId:guid}                                  -
            GET /coordination/{CampaignId:guid}/tableau                                                -
            GET /coordination/{campaign:guid}/attente.{format:regex(^(csv|xlsx)$)}                     export
            GET /coordination/{campaign:guid}/importer/{sheet:guid}/a-corriger.xlsx                    export
            GET /coordination/{campaign:guid}/inscriptions.{format:regex(^(csv|xlsx)$)}                export
            GET /coordination/{campaign:guid}/inscriptions/{id:guid}/donnees.json                      export
            GET /coordination/{campaign:guid}/propositions.{format:regex(^(csv|xlsx)$)}                export
            GET /coordination/{campaign:guid}/stages.{format:regex(^(csv|xlsx)$)}                      export
            GET /enseignant                                                                            -
            GET /enseignant/attestation                                                                -
            GET /enseignant/donnees                                                                    -
            GET /enseignant/proposition/{CampaignId:guid}                                              -
            GET /enseignant/propositions/{OfferId:guid}                                                -
            GET /enseignant/ressources/{CampaignId:guid}                                               -
            GET /enseignant/stages                                                                     -
            GET /enseignant/stages/{StageId:guid}                                                      -
            GET /famille                                                                               -
            GET /famille/calendrier                                                                    -
            GET /famille/donnees                                                                       -
            GET /famille/inscription                                                                   -
            GET /famille/inscription/{Draft:guid}/{Step}                                               -
            GET /famille/inscriptions/{Id:guid}                                                        -
            GET /famille/inscriptions/{Id:guid}/attestation                                            -
            GET /hors-ligne                                                                            -
            GET /langue/{language:regex(^(fr|en)$)}                                                    -
            GET /openapi/v1.json                                                                       -
            GET /regles                                                                                -
            GET /ressources/{CampaignId:guid}                                                          -
            GET /seance/{ModuleId:guid}                                                                -
            GET /stages/{StageId:guid}/enregistrements                                                 -
            GET /stages/{StageId:guid}/fichiers                                                        -
            GET /verification/pannes                                                                   -
            GET {**path:file}                                                                          -
            HEAD {**path:file}                                                                         -
            POST /                                                                                     -
            POST /a/{Code}                                                                             -
            POST /accessibilite                                                                        -
            POST /administration/journal                                                               -
            POST /administration/personnes                                                             -
            POST /administration/territoires                                                           -
            POST /aide                                                                                 -
            POST /api                                                                                  -
            POST /calendrier/renouveler                                                                -
            POST /classe/{ModuleId:guid}                                                               -
            POST /compte                                                                               -
            POST /compte/double-authentification                                                       -
            POST /confidentialite                                                                      -
            POST /confidentialite/registre                                                             -
            POST /connexion                                                                            -
            POST /connexion/code                                                                       -
            POST /connexion/lien                                                                       -
            POST /connexion/quitter                                                                    -
            POST /connexion/relier                                                                     -
            POST /connexion/verification                                                               -
            POST /connexion/{scheme}                                                                   -
            POST /coordination                                                                         -
            POST /coordination/nouvelle                                                                -
            POST /coordination/{CampaignId:guid}                                                       -
            POST /coordination/{CampaignId:guid}/acceptation                                           -
            POST /coordination/{CampaignId:guid}/acceptation/{OfferId:guid}                            -
            POST /coordination/{CampaignId:guid}/appariements                                          -
            POST /coordination/{CampaignId:guid}/appariements/{RunId:guid}                             -
            POST /coordination/{CampaignId:guid}/attente                                               -
            POST /coordination/{CampaignId:guid}/attente/{EnrolmentId:guid}/{Subject}                  -
            POST /coordination/{CampaignId:guid}/classe                                                -
            POST /coordination/{CampaignId:guid}/direct                                                -
            POST /coordination/{CampaignId:guid}/historique                                            -
            POST /coordination/{CampaignId:guid}/importer/{What:regex(^(inscriptions|propositions)$)}  -
            POST /coordination/{CampaignId:guid}/inscriptions                                          -
            POST /coordination/{CampaignId:guid}/inscriptions/{Id:guid}                                -
            POST /coordination/{CampaignId:guid}/inscriptions/{Id:guid}/doublon/{Other:guid}           -
            POST /coordination/{CampaignId:guid}/inscrire                                              -
            POST /coordination/{CampaignId:guid}/messages                                              -
            POST /coordination/{CampaignId:guid}/propositions                                          -
            POST /coordination/{CampaignId:guid}/publication                                           -
            POST /coordination/{CampaignId:guid}/reglages                                              -
            POST /coordination/{CampaignId:guid}/ressources                                            -
            POST /coordination/{CampaignId:guid}/stages                                                -
            POST /coordination/{CampaignId:guid}/stages/{StageId:guid}                                 -
            POST /coordination/{CampaignId:guid}/tableau                                               -
            POST /deconnexion                                                                          -
            POST /enseignant                                                                           -
            POST /enseignant/attestation                                                               -
            POST /enseignant/donnees                                                                   -
            POST /enseignant/proposition/{CampaignId:guid}                                             -
            POST /enseignant/propositions/{OfferId:guid}                                               -
            POST /enseignant/ressources/{CampaignId:guid}                                              -
            POST /enseignant/stages                                                                    -
            POST /enseignant/stages/{StageId:guid}                                                     -
            POST /famille                                                                              -
            POST /famille/calendrier                                                                   -
            POST /famille/donnees                                                                      -
            POST /famille/inscription                                                                  -
            POST /famille/inscription/{Draft:guid}/{Step}                                              -
            POST /famille/inscriptions/{Id:guid}                                                       -
            POST /famille/inscriptions/{Id:guid}/attestation                                           -
            POST /hors-ligne                                                                           -
            POST /local/session                                                                        -
            POST /regles                                                                               -
            POST /ressources/{CampaignId:guid}                                                         -
            POST /seance/{ModuleId:guid}                                                               -
            POST /stages/{StageId:guid}/enregistrements                                                -
            POST /stages/{StageId:guid}/fichiers                                                       -
            POST /verification/pannes                                                                  -
            """,
            but: e => e.Metadata.GetMetadata<RouteModel>() is not null
        );

    [Fact]
    public void every_answer_out_of_a_childs_file_is_noted() => WhatIsNoted.OfEveryChildsFile(portal.Services);
}
