import { describe, expect, it } from 'vitest';
import type { Person, Role, View } from '../contract';
import { classSees, iSee, isThere, sharerOf, views } from './view';

const one = (id: string, role: Role, sharing: boolean): Person => ({
  id,
  name: id,
  role,
  admitted: true,
  flags: { microphone: false, camera: false, sharing, quality: 'good' },
});
const page = { id: 'd', name: 'd', pages: 2, page: 1 };
const round = { number: 1, question: '', shown: [], onStage: null };
const desk = (view: View, shown = false) => ({ view, shown: shown ? page : null, slates: view === 'slates' ? round : null });
const nobodyShares = [one('claire', 'teacher', false), one('lina', 'pupil', false)];
const linaShares = [one('lina', 'pupil', true), one('claire', 'teacher', false)];

describe('what the class sees', () => {
  it('is faces until somebody chooses', () => {
    expect([classSees(null, []), iSee(null, null, [])]).toEqual(['faces', 'faces']);
  });

  it('is what the teacher chose, as long as it is there', () => {
    const seen = (shown: boolean, people: Person[]) => views.map((view) => classSees(desk(view, shown), people));
    expect(seen(false, nobodyShares)).toEqual(['faces', 'board', 'faces', 'faces', 'slates']);
    expect(seen(true, linaShares)).toEqual(['faces', 'board', 'document', 'screen', 'slates']);
  });

  it('is left by who looks elsewhere, where there is something', () => {
    expect(iSee('faces', desk('board'), nobodyShares)).toBe('faces');
    expect(iSee('document', desk('board'), nobodyShares)).toBe('board');
    expect(isThere('screen', desk('faces'), linaShares)).toBe(true);
  });

  it('means the teacher’s screen before a pupil’s', () => {
    expect(sharerOf([...linaShares, one('paul', 'teacher', true)])?.id).toBe('paul');
    expect(sharerOf(linaShares)?.id).toBe('lina');
    expect(sharerOf(nobodyShares)).toBeUndefined();
  });
});
