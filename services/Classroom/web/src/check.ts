// The self-check, days before a class.
import './class.css';
import { $, press } from './dom';
import { adviceOf, echo } from './entry/echo';
import { SelfCheck } from './entry/selfcheck';
import { Found } from './entry/troubles';
import { listDevices } from './media/devices';
import { store } from './store';
import { check as words } from './words/check';
import { learn, say, sayAll } from './words/say';

learn(words);
sayAll();
const check = new SelfCheck();
const found = new Found();
let round = 0;
check.heard = (good, key) => found.add(good, key);
found.learnNumbers();
press('playSound').onclick = () => check.playSound();
press('again').onclick = look;
navigator.mediaDevices?.addEventListener('devicechange', devices);
look();

/** Whoever asks again while it is still tried is told once, by the last one. */
async function look(): Promise<void> {
  const mine = ++round;
  const passed = () => mine !== round;
  $('echoState').textContent = '';
  found.begin();
  const { mic } = await check.run();
  if (passed()) return;
  devices();
  const way = await check.told;
  if (passed()) return;
  if (way) await throughTheServer(passed, () => echo(way, mic));
  if (passed()) return;
  if (await store().catch(() => null)) $('stored').textContent = say('stored');
}

async function throughTheServer(passed: () => boolean, tried: () => ReturnType<typeof echo>): Promise<void> {
  $('echoState').textContent = say('echoTried');
  const came = await tried();
  if (passed()) return;
  $('echoState').textContent = '';
  for (const [good, key, figure] of came ? adviceOf(came) : []) check.tell(good, key, figure);
}

/** What is chosen here is what the class will use, on this device. */
async function devices(): Promise<void> {
  if (!navigator.mediaDevices) return;
  await listDevices((kind) => (kind === 'audiooutput' ? check.playSound() : look()));
  $('deviceChoice').hidden = false;
}
