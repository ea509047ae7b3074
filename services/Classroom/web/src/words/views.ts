// Every sentence of how one looks at the class, and of its keys, in both languages. Loaded with them (later.ts).

export const views = {
  speakerView: ['Qui parle', 'Speaker'],
  speakerViewLong: ['Qui parle, en grand', 'Speaker, large'],
  pinOne: ['Garder {0} en grand', 'Keep {0} large'],
  fullScreen: ['Plein écran', 'Full screen'],
  pip: ['Image à part', 'Floating picture'],
  pipLong: ['Image à part, par-dessus les autres fenêtres', 'Floating picture, over other windows'],
  pipNone: ['Personne ne montre d’image pour le moment.', 'Nobody shows a picture for now.'],
  shortcuts: ['Touches', 'Keys'],
  shortcutsLong: ['Touches du clavier', 'Keys of the keyboard'],
  shortcutsOn: ['Utiliser ces touches', 'Use these keys'],
  keyMic: ['Ouvrir ou couper le micro', 'Microphone on or off'],
  keyCam: ['Ouvrir ou couper la caméra', 'Camera on or off'],
  keyHand: ['Lever ou baisser la main', 'Raise or lower the hand'],
  keyChat: ['Messages', 'Chat'],
  keyBoard: ['Tableau', 'Board'],
  keyFull: ['Plein écran', 'Full screen'],
  keyList: ['Cette liste', 'This list'],
} as const;
