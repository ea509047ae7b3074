/** In steps: a call of a function takes only so many arguments. */
const step = 0x8000;

export function letters(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += step) text += String.fromCharCode(...bytes.subarray(i, i + step));
  return btoa(text);
}

export const bytes = (letters: string): Uint8Array => Uint8Array.from(atob(letters), (c) => c.charCodeAt(0));
