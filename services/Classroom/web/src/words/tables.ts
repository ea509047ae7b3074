// What a sentence is, in both languages; of what is loaded when it is wanted, also to a child.
export type Said = readonly [french: string, english: string, toChild?: string];
