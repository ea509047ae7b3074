/** No line begins with a sign that French sets apart. */
export const spaced = (text: string): string =>
  text
    .replace(/ (?=[;!?%])/g, '\u202F')
    .replace(/ (?=[:»])/g, '\u00A0')
    .replace(/« /g, '«\u00A0');

export const filled = (text: string, values: readonly unknown[]): string => text.replace(/\{(\d)\}/g, (_, i) => String(values[i]));
