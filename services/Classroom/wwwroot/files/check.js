import { SelfCheck } from './selfcheck.js';
import { sayAll } from './words.js';

sayAll();
const $ = (id) => document.getElementById(id);
const check = new SelfCheck({ preview: $('preview'), level: $('micLevel'), advice: $('advice') });
$('playSound').onclick = () => check.playSound();
$('again').onclick = () => check.run();
check.run();
