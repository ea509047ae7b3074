import { describe, expect, it } from 'vitest';
import { Hearing, type Measured } from './hearing';

const listen = (steps: [at: number, measured: Measured | null][]) => {
  const hearing = new Hearing();
  return steps.map(([at, measured]) => hearing.take(measured, at));
};
const said = (level: number | undefined, packets: number): Measured => ({ level, packets });

describe('hearing oneself leave', () => {
  it('says so while one speaks and a moment longer', () => {
    const steps: [number, Measured | null][] = [
      [0, said(0.001, 10)],
      [500, said(0.2, 35)],
      [1500, said(0.001, 85)],
      [2100, said(0.001, 110)],
    ];
    expect(listen(steps)).toEqual(['quiet', 'heard', 'heard', 'quiet']);
  });

  it('does not say so when nothing leaves, however loud', () => {
    expect(
      listen([
        [0, said(0.3, 40)],
        [2000, said(0.3, 40)],
      ]),
    ).toEqual(['heard', 'quiet']);
  });

  it('finds a microphone that gives no sound at all, and forgives it at the first', () => {
    const steps: [number, Measured | null][] = [
      [0, said(0, 10)],
      [5900, said(0, 300)],
      [6000, said(0, 310)],
      [6500, said(0.001, 330)],
    ];
    expect(listen(steps)).toEqual(['quiet', 'quiet', 'silent', 'quiet']);
  });

  it('accuses nobody where the browser measures nothing, or while it is off', () => {
    expect(
      listen([
        [0, said(undefined, 10)],
        [9000, said(undefined, 500)],
        [9500, null],
        [20_000, said(0, 10)],
      ]),
    ).toEqual(['quiet', 'quiet', 'off', 'quiet']);
  });
});
