// One line over everything, for what is so and for what has just happened.
import { $ } from './dom';
import { type Key, say } from './words/say';

const shownFor = 5000;
let passing: ReturnType<typeof setTimeout> | undefined;

export function banner(text: string): void {
  $('status').textContent = text;
  $('status').hidden = !text;
}

export function announce(text: string): void {
  banner(text);
  clearTimeout(passing);
  passing = setTimeout(() => banner(''), shownFor);
}

export const tellKey = (key: Key) => announce(say(key));
