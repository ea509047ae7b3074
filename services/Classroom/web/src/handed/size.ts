import { language } from '../words/say';

/** As people read sizes. */
export function size(bytes: number): string {
  const [amount, unit] = bytes < 1024 * 1024 ? [Math.ceil(bytes / 1024), ['Ko', 'kB']] : [bytes / 1024 / 1024, ['Mo', 'MB']];
  const shown = amount.toLocaleString(language, { maximumFractionDigits: 1 });
  return `${shown} ${unit[language === 'en' ? 1 : 0]}`;
}
