// The teacher's part of showing a PDF. Loaded, with pdf.js, when a teacher chooses a file: pages are drawn here and sent as
// pictures, so that no pupil's telephone has to read the file.
import * as pdf from 'pdfjs-dist/legacy/build/pdf.min.mjs';
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { libraries } from '../libraries';
import { type Key, say, sayOf } from '../words/say';
import { ofDocuments } from './words';

const data = libraries.pdfjs;
pdf.GlobalWorkerOptions.workerSrc = worker;

export const mostPages = 100;
export const largestFile = 50 * 1024 * 1024;

/** Readable on a projector and when a telephone shows it three times as large as its screen. */
const width = 1600;
const largestPicture = 1024 * 1024;

/** What is wrong with a file, for the person who chose it. */
export class Unreadable extends Error {
  constructor(key: keyof typeof ofDocuments | Extract<Key, 'fileNotSent' | 'tooManyDocuments'>) {
    super(key in ofDocuments ? sayOf(ofDocuments[key as keyof typeof ofDocuments]) : say(key as Key));
  }
}

/**
 * Draws and sends every page.
 * @param query module and seat
 * @param told called with the number of pages sent and of all
 * @returns the document's id
 */
export async function send(file: File, query: string, told: (sent: number, all: number) => void): Promise<string> {
  if (file.size > largestFile) throw new Unreadable('fileTooLarge');
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-')) throw new Unreadable('fileNotPdf');
  const task = pdf.getDocument({
    data: bytes,
    isEvalSupported: false,
    useSystemFonts: false,
    cMapUrl: data,
    cMapPacked: true,
    standardFontDataUrl: data,
    wasmUrl: data,
    enableXfa: false,
  });
  let opened: pdf.PDFDocumentProxy;
  try {
    opened = await task.promise;
  } catch (e) {
    throw new Unreadable((e as Error)?.name === 'PasswordException' ? 'fileLocked' : 'fileBroken');
  }
  try {
    if (opened.numPages > mostPages) throw new Unreadable('fileTooLong');
    const id = crypto.randomUUID();
    for (let number = 1; number <= opened.numPages; number++) {
      told(number - 1, opened.numPages);
      const page = await opened.getPage(number);
      const form = new FormData();
      form.append('picture', await draw(page), 'page');
      form.append('words', (await text(page)).slice(0, 20_000));
      await post(`/classroom/pages/${id}/${number}?${query}`, form);
      page.cleanup();
    }
    told(opened.numPages, opened.numPages);
    return id;
  } finally {
    await task.destroy();
  }
}

async function draw(page: pdf.PDFPageProxy): Promise<Blob> {
  for (const [wide, quality] of [
    [width, 0.85],
    [width, 0.6],
    [1100, 0.5],
  ] as const) {
    const viewport = page.getViewport({ scale: wide / page.getViewport({ scale: 1 }).width });
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(viewport.width);
    canvas.height = Math.min(Math.ceil(viewport.height), 4000);
    await page.render({ canvas, viewport, background: '#fff' }).promise;
    // Safari has no WebP and answers with a PNG instead.
    let picture = await blob(canvas, 'image/webp', quality);
    if (picture.type !== 'image/webp') picture = await blob(canvas, 'image/jpeg', quality);
    canvas.width = canvas.height = 0;
    if (picture.size <= largestPicture) return picture;
  }
  throw new Unreadable('fileTooLarge');
}

const blob = (canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob> =>
  new Promise((done, failed) => canvas.toBlob((made) => (made ? done(made) : failed(new Unreadable('fileBroken'))), type, quality));

async function text(page: pdf.PDFPageProxy): Promise<string> {
  const content = await page.getTextContent();
  return content.items.map((i) => ('str' in i ? i.str + (i.hasEOL ? '\n' : '') : '')).join('');
}

/** Again a few times: one lost page must not cost the others. */
async function post(address: string, form: FormData): Promise<void> {
  let unchecked = false;
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(address, { method: 'POST', body: form });
      if (answer.ok) return;
      const { code } = await answer.json().catch(() => ({ code: '' }));
      if (answer.status < 500) throw new Unreadable(code === 'too-many-documents' ? 'tooManyDocuments' : 'fileRefused');
      unchecked = code === 'foreign-server';
    } catch (e) {
      if (e instanceof Unreadable) throw e;
    }
    if (attempt === 5) throw new Unreadable(unchecked ? 'fileUnchecked' : 'fileNotSent');
    await new Promise((done) => setTimeout(done, 1000 * attempt));
  }
}
