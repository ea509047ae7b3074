// What a sentence is, in both languages.
export type Said = readonly [french: string, english: string];
