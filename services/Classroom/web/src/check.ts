// The self-check, days before a class.
import './class.css';
import { press } from './dom';
import { SelfCheck } from './entry/selfcheck';
import { sayAll } from './words/say';

sayAll();
const check = new SelfCheck();
press('playSound').onclick = () => check.playSound();
press('again').onclick = () => check.run();
check.run();
