// Every sentence about the blurred background, and what is asked at the door about recordings, in both languages.

export const tools = {
  useBlur: ['Flouter l’arrière-plan', 'Blur the background'],
  blur: ['Fond flou', 'Blurred background'],
  blurWhole: [
    'Toute l’image est adoucie : votre arrière-plan ne se voit pas.',
    'The whole picture is softened: your background does not show.',
  ],
  blurSlow: [
    'Cet appareil est trop lent pour ne flouter que le fond : toute l’image reste adoucie.',
    'This device is too slow to blur the background alone: the whole picture stays soft.',
  ],
  blurBackground: ['Seul l’arrière-plan est flouté.', 'Only the background is blurred.'],
  blurFailed: ['Le flou ne se charge pas : la caméra reste éteinte.', 'The blur does not load: the camera stays off.'],
  document: ['Document', 'Document'],
  documents: ['Documents', 'Documents'],
  pageTools: ['Pages du document', 'Pages of the document'],
  recording: ['Enregistrement', 'Recording'],
  recordingNow: ['Enregistrement', 'Recording'],
  recordDoor: [
    'Dans cette campagne, l’enseignant peut demander à enregistrer la classe. ' +
      'Rien n’est enregistré sans l’accord de tous ; un signal se voit et s’entend. Vous pouvez retirer votre accord à tout moment.',
    'In this campaign the teacher may ask to record the class. ' +
      'Nothing is recorded unless everybody agrees; a sign is seen and heard. You can take your agreement back at any time.',
  ],
  recordDoorAgree: [
    'Je suis adulte, ou responsable légal de l’élève, et j’accepte que la classe soit enregistrée (facultatif)',
    'I am an adult, or the pupil’s legal guardian, and agree that the class may be recorded (optional)',
  ],
  privacyRecording: [
    'Rien n’est enregistré sans l’accord de tous. Seul votre groupe vous voit et vous entend.',
    'Nothing is recorded unless everybody agrees. Only your group sees and hears you.',
  ],
} as const;
