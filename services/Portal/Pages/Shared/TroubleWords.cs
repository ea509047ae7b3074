namespace Stages.Portal.Pages.Shared;

/// <summary>What a self-check found broken, as it is said to people.</summary>
public static class TroubleWords
{
    public static string Of(string fault) =>
        fault switch
        {
            Troubles.Microphone => Say.In("le micro ne marche pas", "the microphone does not work"),
            Troubles.Camera => Say.In("la caméra ne marche pas", "the camera does not work"),
            Troubles.Service => Say.In("le service ne répond pas", "the service does not answer"),
            Troubles.Connection => Say.In("la liaison avec la classe ne passe pas", "the connection with the class does not get through"),
            Troubles.Sound => Say.In("le son ne passe pas sur ce réseau", "sound does not get through this network"),
            Troubles.Rate => Say.In("le réseau est trop lent, ou perd du son", "the network is too slow, or loses sound"),
            _ => Say.In("le navigateur est trop ancien", "the browser is too old"),
        };
}
