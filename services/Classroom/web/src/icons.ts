// Drawn here, so that no page depends on the emoji of a device. 24 × 24, strokes alone.
import { $, element } from './dom';

const shapes = {
  mic: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M6 11a6 6 0 0 0 12 0M12 17v4',
  micOff: 'M9 6a3 3 0 0 1 6 0v5M9 9v2a3 3 0 0 0 4 2.8M6 11a6 6 0 0 0 10 4.5M12 17v4M4 4l16 16',
  camera: 'M3 7h12v10H3zM15 11l6-4v10l-6-4',
  cameraOff: 'M3 7h4M10 7h5v5M15 15v2H3V7M15 11l6-4v10M4 4l16 16',
  screen: 'M3 5h18v11H3zM8 20h8M12 16v4',
  pen: 'M4 20l1-5L16 4l4 4L9 19z',
  hand: 'M8 12V5a1.5 1.5 0 0 1 3 0v6V4a1.5 1.5 0 0 1 3 0v7V6a1.5 1.5 0 0 1 3 0v8a7 7 0 0 1-12.5 4L3 14a1.6 1.6 0 0 1 2.5-2L8 14',
  door: 'M14 4h5v16h-5M4 12h10M10 8l4 4-4 4',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  drop: 'M12 3c3 4 6 7 6 11a6 6 0 0 1-12 0c0-4 3-7 6-11M9 14a3 3 0 0 0 3 3',
  phone: 'M6 3l4 1v5L8 11a12 12 0 0 0 5 5l2-2h5l1 4a3 3 0 0 1-3 3A16 16 0 0 1 3 6a3 3 0 0 1 3-3',
  people: 'M9 11a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7M2 20c0-4 3-6 7-6s7 2 7 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14c2.5.7 4 2.7 4 6',
  sheet: 'M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h7',
  chat: 'M4 5h16v11H9l-5 4z',
  notes: 'M5 3h14v18H5zM9 8h6M9 12h6M9 16h4',
  bars: 'M5 20V10M12 20V4M19 20v-7',
  dots: 'M5 11a1 1 0 1 0 0 2a1 1 0 0 0 0-2M12 11a1 1 0 1 0 0 2a1 1 0 0 0 0-2M19 11a1 1 0 1 0 0 2a1 1 0 0 0 0-2',
  eye: 'M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7M12 15a3 3 0 1 0 0-6a3 3 0 0 0 0 6',
  sparkles: 'M10 4l2 6 6 2-6 2-2 6-2-6-6-2 6-2zM19 3v4M17 5h4',
  cross: 'M6 6l12 12M18 6L6 18',
  gear: 'M4 7h9M17 7h3M13 4.5v5M4 17h3M11 17h9M7 14.5v5',
  tick: 'M4 13l5 5L20 6',
  question: 'M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17v.5M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18',
  clock: 'M12 7v5l3 2M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18',
  star: 'M12 3l2.7 5.6 6.1.9-4.4 4.3 1 6.1-5.4-2.9-5.4 2.9 1-6.1L3.2 9.5l6.1-.9z',
  smile: 'M8 14c1 1.7 2.5 2.5 4 2.5s3-.8 4-2.5M9 9.5v.5M15 9.5v.5M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18',
  bin: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
  slate: 'M3 4h18v16H3zM6 7h12v10H6zM9 14l1.5-4L12 14M14 10v4',
  undo: 'M8 6L4 10l4 4M4 10h10a5 5 0 0 1 0 10h-3',
  redo: 'M16 6l4 4-4 4M20 10H10a5 5 0 0 0 0 10h3',
  laser: 'M4 20L14 10M17 3v4M21 7h-4M19.500 4.500l-2 2',
  letters: 'M4 19L9.500 5h1L16 19M6 14h8M19 12v7M16.500 15.500h5',
  line: 'M5 19L19 5',
  box: 'M4 6h16v12H4z',
  oval: 'M12 6c5 0 9 2.700 9 6s-4 6-9 6s-9-2.700-9-6s4-6 9-6',
  link: 'M10 14l8-8M12 6h6v6M10 7H5v12h12v-5',
  save: 'M12 4v11M7 11l5 5l5-5M5 20h14',
  print: 'M7 8V4h10v4M5 8h14v8H5zM8 13h8v7H8z',
  plus: 'M12 5v14M5 12h14',
  rubber: 'M4 15L14 5l6 6-8 8H8zM9 10l6 6M8 19h12',
  pin: 'M9 3h6l-1 6 4 4H6l4-4zM12 13v8',
  speaker: 'M3 4h18v11H3zM5 20h3M10.500 20h3M16 20h3',
  corners: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  inset: 'M3 5h18v14H3zM12 12h6v4h-6z',
  keyboard: 'M2 6h20v12H2zM6 10v.1M10 10v.1M14 10v.1M18 10v.1M8 14h8',
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

/** A sign and its word; `whole` says more to who does not see the sign, and begins or ends with the word. */
export function label(id: string, shape: Shape, word: string, whole = ''): void {
  $(id).replaceChildren(icon(shape), element('span', {}, word));
  if (whole) $(id).setAttribute('aria-label', whole);
}
