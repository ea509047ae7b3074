// Sentences of the self-check alone: who joins a class does not load them (say.ts, learn).

export const check = {
  echoTried: [
    'Votre voix fait l’aller-retour jusqu’au serveur de classe : quelques secondes…',
    'Your voice goes to the class server and back: a few seconds…',
  ],
  echoGood: ['Votre voix est allée au serveur de classe et en est revenue.', 'Your voice went to the class server and came back.'],
  echoBad: [
    'Votre voix n’est pas revenue du serveur de classe : essayez un autre réseau, par exemple le partage de connexion d’un téléphone.',
    'Your voice did not come back from the class server: try another network, such as the connection of a telephone.',
  ],
  rateGood: ['Le réseau porte la voix et les images ({0} kbit/s).', 'The network carries voice and pictures ({0} kbit/s).'],
  rateSmall: [
    'Le réseau porte la voix et de petites images ({0} kbit/s) : arrêtez les vidéos et téléchargements des autres appareils.',
    'The network carries voice and small pictures ({0} kbit/s): stop videos and downloads on other devices.',
  ],
  rateVoice: [
    'Le réseau ne porte guère que la voix ({0} kbit/s) : gardez la caméra éteinte, rapprochez-vous de la box ou branchez un câble.',
    'The network carries little but voice ({0} kbit/s): keep the camera off, move closer to the router or plug in a cable.',
  ],
  lossBad: [
    'Une partie du son se perd en route ({0} %) : rapprochez-vous de la box ou branchez un câble.',
    'Part of the sound is lost on its way ({0} %): move closer to the router or plug in a cable.',
  ],
} as const;
