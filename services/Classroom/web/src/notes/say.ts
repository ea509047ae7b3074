import { sayOf } from '../words/say';
import type { Said } from '../words/tables';
import { ofBooks } from './words';

/** What the notes' editor says. */
export const sayInNotes = (key: keyof typeof ofBooks, ...values: unknown[]): string => sayOf(ofBooks[key] as Said, ...values);
