// The self-check, days before a class.
import './class.css';
import { $, press } from './dom';
import { SelfCheck } from './entry/selfcheck';
import { store } from './store';
import { say, sayAll } from './words/say';

/** Kilobits a second: sound, and the smallest pictures of a small group. */
const enough = 500;

sayAll();
const check = new SelfCheck();
press('playSound').onclick = () => check.playSound();
press('again').onclick = look;
look();

async function look(): Promise<void> {
  await check.run();
  await check.told;
  const kept = await store().catch(() => null);
  if (!kept) return;
  $('stored').textContent = say('stored');
  // A rate is a rate over something: a few files that came in a moment say nothing.
  const rate = (8 * kept.bytes) / kept.milliseconds;
  if (kept.bytes > 50_000 && rate < enough) $('stored').textContent += ` ${say('rateSlow', Math.round(rate))}`;
}
