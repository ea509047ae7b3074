// One key for what is wanted often: which it is, worked out without a page.

export interface Key {
  key: string;
  alt: boolean;
  ctrl: boolean;
  meta: boolean;
  repeated: boolean;
  /** Somebody writes, chooses, or answers a dialog. */
  busy: boolean;
}

/** By key, the button that it stands for. */
export const keys = {
  m: 'mic',
  c: 'cam',
  h: 'hand',
  d: 'tab-chat',
  b: 'see-board',
  f: 'fullScreen',
  '?': 'shortcuts',
} as const;

export type Pressed = (typeof keys)[keyof typeof keys];

/** Null where the key means nothing to us, or is meant for somebody else. */
export function meant({ key, alt, ctrl, meta, repeated, busy }: Key): Pressed | null {
  if (alt || ctrl || meta || repeated || busy) return null;
  const name = key.toLowerCase();
  return name in keys ? keys[name as keyof typeof keys] : null;
}
