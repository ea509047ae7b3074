/** Spaces that do not break before the signs that French sets apart and inside quotation marks, as `French.Spaced` does. */
export const spaced = (text: string): string =>
  text
    .replace(/ (?=[;!?%])/g, '\u202F')
    .replace(/ (?=[:»])/g, '\u00A0')
    .replace(/« /g, '«\u00A0');
