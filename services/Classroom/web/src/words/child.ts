// Who is spoken to as one speaks to a child: a pupil in a class of elementary school.
import type { Role } from '../contract';

const primary = new Set(['CP', 'CE1', 'CE2', 'CM1', 'CM2']);

export const isChild = (role: Role, levels: readonly string[]): boolean =>
  role === 'pupil' && levels.length > 0 && levels.every((level) => primary.has(level));
