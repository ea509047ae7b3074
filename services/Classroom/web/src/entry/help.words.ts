// Said where something fails, on the check's page and at the door of a class.
import type { Said } from '../words/tables';

export const ofHelp = {
  tellAcademie: ['Prévenir l’académie', 'Tell the académie'],
  helpLine: ['Rien ne marche ? Appelez le', 'Nothing works? Call', 'Rien ne marche ? Demande à un adulte d’appeler le'],
} satisfies Record<string, Said>;
