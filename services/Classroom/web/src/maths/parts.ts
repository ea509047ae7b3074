// Where formulas stand in what somebody wrote: between two dollar signs, as in many programs. A price is none.

export interface Part {
  maths: boolean;
  text: string;
}

export const longest = 300;
const most = 20;

/** The first sign after the one dollar and the last before the other are no spaces, and no digit follows: "5 $ et 6 $" stays as it is. */
const formula = /\$([^\s$](?:[^$\n]*[^\s$])?)\$(?!\d)/g;

export function parts(text: string): Part[] {
  const found: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(formula)) {
    const tex = match[1] ?? '';
    if (tex.length > longest || found.length > 2 * most) continue;
    if (match.index > from) found.push({ maths: false, text: text.slice(from, match.index) });
    found.push({ maths: true, text: tex });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ maths: false, text: text.slice(from) });
  return found;
}
