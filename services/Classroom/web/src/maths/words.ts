// Every sentence about formulas, in both languages.

export const ofMaths = {
  mathsTitle: ['Écrire une formule', 'Write a formula'],
  mathsHow: [
    'Une formule s’écrit entre deux signes $. Choisissez un modèle, puis changez les nombres.',
    'A formula is written between two $ signs. Choose a model, then change the numbers.',
    'Une formule s’écrit entre deux signes $. Choisis un modèle, puis change les nombres.',
  ],
  mathsFraction: ['une fraction', 'a fraction'],
  mathsPower: ['une puissance', 'a power'],
  mathsIndex: ['un indice', 'an index'],
  mathsRoot: ['une racine', 'a root'],
  mathsTimes: ['fois', 'times'],
  mathsDivided: ['divisé par', 'divided by'],
  mathsLess: ['plus petit ou égal', 'less than or equal'],
  mathsPi: ['pi', 'pi'],
  mathsAngle: ['un angle', 'an angle'],
  mathsInsert: ['Insérer : {0}', 'Insert: {0}'],
  mathsClose: ['Fermer', 'Close'],
} as const;
