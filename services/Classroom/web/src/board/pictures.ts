// Pictures on a sheet. The service gives each to who sees the sheet; it is asked for when it is painted, once.

const kept = new Map<string, HTMLImageElement | null>();
const coming = new Map<string, Promise<void>>();
const ears: (() => void)[] = [];
let query: () => string = () => '';

/** @param by who asks: module and seat */
export function askAs(by: () => string): void {
  query = by;
}

export const onPicture = (ear: () => void): void => {
  ears.push(ear);
};

/** Undefined until it is here: then whoever paints is told. */
export function pictureOf(id: string | null | undefined): HTMLImageElement | undefined {
  if (!id) return undefined;
  const known = kept.get(id);
  if (known === undefined) come(id);
  return known ?? undefined;
}

export async function allPictures(marks: readonly { picture?: string | null }[]): Promise<void> {
  await Promise.all(marks.map(({ picture }) => (picture ? come(picture) : undefined)));
}

/** What one has sent oneself is not asked for. */
export async function keep(id: string, bytes: Blob): Promise<void> {
  const image = new Image();
  image.src = URL.createObjectURL(bytes);
  await image.decode();
  kept.set(id, image);
  coming.set(id, Promise.resolve());
}

function come(id: string): Promise<void> {
  const before = coming.get(id);
  if (before) return before;
  const made = read(id)
    .catch(() => {
      // No network for now: asked for again when it is painted the next time.
      kept.set(id, null);
      setTimeout(() => {
        kept.delete(id);
        coming.delete(id);
      }, 5000);
    })
    .then(() => {
      for (const ear of ears) ear();
    });
  coming.set(id, made);
  return made;
}

async function read(id: string): Promise<void> {
  const answer = await fetch(`/classroom/pages/${id}/1?${query()}`);
  if (!answer.ok) throw new Error(String(answer.status));
  await keep(id, await answer.blob());
}
