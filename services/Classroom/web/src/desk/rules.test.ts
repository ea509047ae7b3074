import { describe, expect, it } from 'vitest';
import { answersIn, clock, lastLine, minutesLeft, missingAnswers } from './rules';

describe('the desk', () => {
  it('shows the time that is left', () => {
    expect([600, 61, 9, 0, -5].map(clock)).toEqual(['10:00', '1:01', '0:09', '0:00', '0:00']);
  });

  it('says nothing of the end before its last five minutes', () => {
    const end = '2026-11-27T10:00:00Z';
    const at = (minutes: number) => minutesLeft(end, Date.parse(end) - minutes * 60_000);
    expect([90, 5.1, 5, 4.2, 0.1, 0, -3].map(at)).toEqual([null, null, 5, 5, 1, 0, -3]);
  });

  it('takes one answer a line', () => {
    expect(answersIn(' oui \n\nnon\n  \n')).toEqual(['oui', 'non']);
  });

  it('names the pupils who have not answered, and nobody else', () => {
    const inside = [
      { id: 't', name: 'Claire', role: 'teacher' },
      { id: 'a', name: 'Lina', role: 'pupil' },
      { id: 'b', name: 'Noah', role: 'pupil' },
    ];
    expect(missingAnswers(inside, [])).toEqual(['Lina', 'Noah']);
    expect(missingAnswers(inside, ['a', 'gone'])).toEqual(['Noah']);
  });

  it('captions the last line that says something', () => {
    expect([lastLine('Bonjour\nLe verbe\n \n'), lastLine('')]).toEqual(['Le verbe', '']);
  });
});
