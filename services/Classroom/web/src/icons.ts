// Drawn here, so that no page depends on the emoji of a device. 24 × 24, strokes alone.
import { $, element } from './dom';

const shapes = {
  mic: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M6 11a6 6 0 0 0 12 0M12 17v4',
  micOff: 'M9 6a3 3 0 0 1 6 0v5M9 9v2a3 3 0 0 0 4 2.8M6 11a6 6 0 0 0 10 4.5M12 17v4M4 4l16 16',
  camera: 'M3 7h12v10H3zM15 11l6-4v10l-6-4',
  screen: 'M3 5h18v11H3zM8 20h8M12 16v4',
  pen: 'M4 20l1-5L16 4l4 4L9 19z',
  hand: 'M8 12V5a1.5 1.5 0 0 1 3 0v6V4a1.5 1.5 0 0 1 3 0v7V6a1.5 1.5 0 0 1 3 0v8a7 7 0 0 1-12.5 4L3 14a1.6 1.6 0 0 1 2.5-2L8 14',
  door: 'M14 4h5v16h-5M4 12h10M10 8l4 4-4 4',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  drop: 'M12 3c3 4 6 7 6 11a6 6 0 0 1-12 0c0-4 3-7 6-11M9 14a3 3 0 0 0 3 3',
  phone: 'M6 3l4 1v5L8 11a12 12 0 0 0 5 5l2-2h5l1 4a3 3 0 0 1-3 3A16 16 0 0 1 3 6a3 3 0 0 1 3-3',
  signal: 'M5 20v-4M12 20v-9M19 20V5M3 3l18 18',
} as const;

export type Shape = keyof typeof shapes;

export function icon(name: Shape): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', shapes[name]);
  svg.append(path);
  return svg;
}

/** The whole name where there is room; on a telephone a word that is part of it. */
export function label(id: string, shape: Shape, long: string, short: string): void {
  $(id).replaceChildren(
    icon(shape),
    element('span', { className: 'long' }, long),
    element('span', { className: 'short', ariaHidden: 'true' }, short),
  );
  $(id).setAttribute('aria-label', long);
}
