// Every sentence about microphones, cameras and being heard, in both languages and, in French, to a child.

export const devices = {
  devices: ['Micro et caméra', 'Mic and camera'],
  chooseDevices: ['Choisir micro et caméra', 'Choose microphone and camera'],
  microphone: ['Micro', 'Microphone'],
  camera: ['Caméra', 'Camera'],
  speaker: ['Haut-parleur ou casque', 'Loudspeaker or headset'],
  deviceUsual: ['Celui que le navigateur propose', 'The one that the browser offers'],
  deviceNone: ['Aucun trouvé', 'None found'],
  heard: ['On vous entend', 'You are heard'],
  tryAgain: ['Réessayer', 'Try again'],
  allRight: ['Compris', 'All right'],
  micLost: ['Le micro a disparu : rebranchez-le, puis réessayez.', 'The microphone has gone: plug it in, then try again.'],
  micSilent: [
    'Votre micro ne donne aucun son : on ne vous entend pas. Regardez le bouton du casque, ou choisissez un autre micro.',
    'Your microphone gives no sound: nobody hears you. Look at the button of your headset, or choose another microphone.',
  ],
  micBlocked: [
    'Le micro est bloqué : touchez le cadenas à gauche de l’adresse, autorisez le micro, puis réessayez. Vous pouvez participer par écrit.',
    'The microphone is blocked: press the lock left of the address, allow the microphone, then try again. You can take part in writing.',
  ],
  micMissing: [
    'Pas de micro trouvé : branchez un casque, puis réessayez. Vous pouvez participer par écrit.',
    'No microphone found: plug in a headset, then try again. You can take part in writing.',
  ],
  micBusy: [
    'Un autre programme utilise le micro : fermez-le, puis réessayez.',
    'Another program uses the microphone: close it, then try again.',
  ],
  camBlocked: [
    'La caméra est bloquée : touchez le cadenas à gauche de l’adresse et autorisez-la. Elle n’est pas obligatoire.',
    'The camera is blocked: press the lock left of the address and allow it. It is not required.',
  ],
  camMissing: ['Pas de caméra : vous pouvez suivre la classe sans elle.', 'No camera: you can follow the class without it.'],
  camBusy: [
    'Un autre programme utilise la caméra : fermez-le, puis réessayez.',
    'Another program uses the camera: close it, then try again.',
  ],
} as const;
