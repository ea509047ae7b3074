// Every sentence of the notes' editor, in both languages.

export const ofBooks = {
  notesWhich: ['Notes :', 'Notes:'],
  notesOfClass: ['de toute la classe', 'of the whole class'],
  notesOfMine: ['de mon groupe', 'of my group'],
  notesOfGroup: ['du groupe {0} : {1}', 'of group {0}: {1}'],
  notesOfGroupBefore: ['du groupe {0}, avant : {1}', 'of group {0}, before: {1}'],
  notesTitle: ['Groupe {0} : {1}', 'Group {0}: {1}'],
  notesCopy: ['Copier dans les notes de la classe', 'Copy into the notes of the class'],
  notesLabel: ['Notes partagées', 'Shared notes'],
  notesBold: ['Gras', 'Bold'],
  notesHeading: ['Titre', 'Heading'],
  notesList: ['Liste', 'List'],
  notesTicks: ['À cocher', 'Checklist'],
  notesDownload: ['Télécharger', 'Download'],
  notesTooMuch: [
    'C’est trop de texte d’un coup : collez-le en plusieurs fois.',
    'That is too much text at once: paste it in parts.',
    'C’est trop de texte d’un coup.',
  ],
} as const;
