// Every sentence of the class page, in both languages.

const words = {
  skip: ['Aller à la classe', 'Go to the class'],
  checkTitle: ['Avant d’entrer', 'Before you come in'],
  checkIntro: ['Vérifions le son et l’image. La caméra n’est jamais obligatoire.', 'Let us check sound and picture. The camera is never required.'],
  useMic: ['Entrer avec le micro', 'Come in with the microphone'],
  useCam: ['Entrer avec la caméra', 'Come in with the camera'],
  micLevel: ['Niveau du micro', 'Microphone level'],
  playSound: ['Écouter un son d’essai', 'Play a test sound'],
  enter: ['Entrer', 'Come in'],
  privacy: ['Rien n’est enregistré. Seul votre groupe vous voit et vous entend.', 'Nothing is recorded. Only your group sees and hears you.'],
  micGood: ['Le micro fonctionne.', 'The microphone works.'],
  micBad: ['Pas de micro : autorisez-le dans la barre d’adresse, ou participez par écrit.', 'No microphone: allow it in the address bar, or take part in writing.'],
  camGood: ['La caméra fonctionne.', 'The camera works.'],
  camBad: ['Pas de caméra : vous pouvez suivre la classe sans elle.', 'No camera: you can follow the class without it.'],
  netGood: ['Le réseau répond bien.', 'The network answers well.'],
  netSlow: ['Le réseau est lent : la classe passera d’elle-même au son seul s’il le faut.', 'The network is slow: the class will change to sound alone by itself if it must.'],
  netBad: ['Le service ne répond pas : vérifiez le Wi-Fi ou rapprochez-vous de la box.', 'The service does not answer: check the Wi-Fi or move closer to it.'],
  browserBad: ['Ce navigateur est trop ancien : mettez-le à jour, ou utilisez Firefox, Chrome, Edge ou Safari.', 'This browser is too old: update it, or use Firefox, Chrome, Edge or Safari.'],
  checkAgain: ['Vérifier de nouveau', 'Check again'],
  waitingTitle: ['Bonjour {0} !', 'Hello {0}!'],
  waitingTeacher: ['{0} va ouvrir la classe. Restez sur cette page.', '{0} is about to open the class. Stay on this page.'],
  waitingHere: ['{0} est là et va vous faire entrer.', '{0} is here and will let you in.'],
  waitingCounts: ['Votre présence est déjà comptée.', 'Your presence already counts.'],
  again: ['Revenir', 'Come back'],
  removedTitle: ['Vous avez quitté la classe', 'You have left the class'],
  removedText: ['L’enseignant vous a demandé de sortir. Si vous ne comprenez pas pourquoi, parlez-en à un adulte ou au coordonnateur.', 'The teacher asked you to leave. If you do not understand why, talk to an adult or to the coordinator.'],
  supersededTitle: ['La classe est ouverte ailleurs', 'The class is open elsewhere'],
  supersededText: ['Vous avez rejoint la classe dans un autre onglet ou sur un autre appareil.', 'You joined the class in another tab or on another device.'],
  leftTitle: ['À bientôt !', 'See you soon!'],
  leftText: ['Vous pouvez revenir tant que la classe dure.', 'You can come back as long as the class lasts.'],
  linkTitle: ['Ce lien ne s’ouvre plus', 'This link does not open any more'],
  linkText: ['Un lien sert une seule fois. Retournez à votre planning et choisissez « Rejoindre la classe ».', 'A link works only once. Go back to your timetable and choose “Join the class”.'],
  reconnecting: ['Connexion perdue : nous revenons tout seuls…', 'Connection lost: coming back by ourselves…'],
  mediaAway: ['Le son revient dans un instant…', 'Sound is coming back in a moment…'],
  participants: ['Participants', 'Participants'], board: ['Tableau blanc', 'Whiteboard'], boardTools: ['Outils du tableau', 'Board tools'],
  colour: ['Couleur', 'Colour'], eraser: ['Gomme', 'Eraser'], clearBoard: ['Tout effacer', 'Clear all'], sidePanel: ['Échanges', 'Exchanges'],
  boardHas: ['Tableau blanc, {0} traits', 'Whiteboard, {0} strokes'],
  colour0: ['noir', 'black'], colour1: ['bleu', 'blue'], colour2: ['rouge', 'red'], colour3: ['vert', 'green'], colour4: ['brun', 'brown'],
  people: ['Groupe', 'Group'], chat: ['Messages', 'Chat'], notes: ['Notes', 'Notes'], poll: ['Sondage', 'Poll'],
  begin: ['Ouvrir la classe', 'Open the class'], lockRoom: ['Fermer la porte : qui arrive attend', 'Lock the door: who comes waits'],
  missing: ['Pas encore là', 'Not here yet'], pupilsMay: ['Les élèves peuvent', 'Pupils may'],
  mayChat: ['écrire à tous', 'write to all'], mayMicrophone: ['ouvrir leur micro', 'open their microphone'], mayCamera: ['montrer leur caméra', 'show their camera'],
  mayBoard: ['dessiner', 'draw'], mayNotes: ['écrire dans les notes', 'write in the notes'],
  pairs: ['Travail à deux', 'Working in pairs'], formPairs: ['Former des binômes', 'Form pairs'], endPairs: ['Tous ensemble', 'All together'],
  visit: ['Rejoindre {0}', 'Join {0}'], overview: ['Vue d’ensemble', 'Overview'], inPair: ['Vous travaillez avec {0}.', 'You are working with {0}.'],
  timerTitle: ['Minuteur', 'Timer'], minutes: ['minutes', 'minutes'], startTimer: ['Démarrer', 'Start'], stopTimer: ['Arrêter', 'Stop'],
  chatLine: ['Votre message', 'Your message'], toTeacher: ['à l’enseignant seul', 'to the teacher alone'], send: ['Envoyer', 'Send'], onlyTeacher: ['pour l’enseignant', 'for the teacher'],
  notesLabel: ['Notes partagées', 'Shared notes'], captions: ['Afficher la dernière ligne en sous-titre', 'Show the last line as a caption'],
  question: ['Question', 'Question'], answers: ['Réponses, une par ligne', 'Answers, one per line'], ask: ['Poser', 'Ask'], noPoll: ['Aucun sondage.', 'No poll.'],
  closePoll: ['Montrer le résultat', 'Show the result'], clearPoll: ['Retirer', 'Remove it'], answered: ['{0} réponses', '{0} answers'],
  micOn: ['Couper le micro', 'Mute'], micOff: ['Ouvrir le micro', 'Unmute'], camOn: ['Couper la caméra', 'Camera off'], camOff: ['Ouvrir la caméra', 'Camera on'],
  shareOn: ['Arrêter le partage', 'Stop sharing'], shareOff: ['Partager l’écran', 'Share screen'], handOn: ['Baisser la main', 'Lower hand'], handOff: ['Lever la main', 'Raise hand'],
  boardOn: ['Cacher le tableau', 'Hide board'], boardOff: ['Tableau', 'Board'], audioOn: ['Avec l’image', 'With pictures'], audioOff: ['Son seul', 'Sound only'], leave: ['Quitter', 'Leave'],
  me: ['{0} (vous)', '{0} (you)'], teacher: ['enseignant', 'teacher'], coordinator: ['coordination', 'coordination'], waits: ['attend', 'waiting'], handUp: ['main levée, n° {0}', 'hand raised, no. {0}'],
  micIsOff: ['micro coupé', 'muted'], weakNet: ['réseau faible', 'weak network'], audioNet: ['son seul', 'sound only'],
  admit: ['Faire entrer', 'Let in'], mute: ['Couper', 'Mute'], hide: ['Cacher l’image', 'Hide picture'], remove: ['Faire sortir', 'Send out'], pardon: ['Laisser revenir', 'Let come back'], lower: ['Baisser la main', 'Lower hand'],
  reason: ['Pourquoi ?', 'Why?'], reportIt: ['Signaler au coordonnateur', 'Report to the coordinator'], cancel: ['Annuler', 'Cancel'], removeTitle: ['Faire sortir {0} ?', 'Send {0} out?'],
  muted: ['L’enseignant a coupé votre micro.', 'The teacher muted you.'], hidden: ['L’enseignant a coupé votre caméra.', 'The teacher turned your camera off.'],
  notPermitted: ['L’enseignant l’a suspendu pour le moment.', 'The teacher has suspended this for now.'],
  weakMode: ['Réseau faible : images réduites', 'Weak network: small pictures'], audioMode: ['Réseau très faible : son seul', 'Very weak network: sound only'], goodMode: ['', ''],
  arrives: ['{0} attend à la porte', '{0} is waiting at the door'], timeUp: ['Le temps est écoulé', 'Time is up'],
};

export const language = (new URLSearchParams(location.search).get('lang') ?? navigator.language ?? 'fr').startsWith('en') ? 'en' : 'fr';

export function say(key, ...values) {
  const text = words[key]?.[language === 'en' ? 1 : 0] ?? key;
  return text.replace(/\{(\d)\}/g, (_, i) => values[i]);
}

export function sayAll(root = document) {
  document.documentElement.lang = language;
  for (const e of root.querySelectorAll('[data-say]')) e.textContent = say(e.dataset.say);
  for (const e of root.querySelectorAll('[data-label]')) e.setAttribute('aria-label', say(e.dataset.label));
}
