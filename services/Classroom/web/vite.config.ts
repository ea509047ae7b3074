import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const base = '/classroom/files/';
const out = '../wwwroot/files';

// Files that libraries load by themselves under their own names: their version stands in the address instead of a hash.
const { resolve } = createRequire(import.meta.url);
const selfie = dirname(resolve('@mediapipe/selfie_segmentation/package.json'));
const pdfjs = dirname(resolve('pdfjs-dist/package.json'));
const version = (folder: string): string => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
const place = { selfie: `libraries/selfie-${version(selfie)}/`, pdfjs: `libraries/pdfjs-${version(pdfjs)}/` };
const wanted = /\.(js|wasm|binarypb)$|_landscape\.tflite$|README\.md$/;

const libraries: Plugin = {
  name: 'libraries-under-their-names',
  apply: 'build',
  writeBundle() {
    for (const file of readdirSync(selfie).filter((name) => wanted.test(name))) cpSync(join(selfie, file), join(out, place.selfie, file));
    for (const folder of ['cmaps', 'standard_fonts', 'wasm']) cpSync(join(pdfjs, folder), join(out, place.pdfjs), { recursive: true });
    cpSync(join(pdfjs, 'LICENSE'), join(out, place.pdfjs, 'LICENSE'));
  },
};

// Compressed here as far as it goes, which the service would not have the time for. What is loaded by few it compresses itself.
const compressed: Plugin = {
  name: 'compressed-ahead',
  apply: 'build',
  writeBundle(_, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file))) {
      const file = join(out, name);
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
      writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file), { params }));
    }
  },
};

// What a device keeps ahead of a class (src/worker.ts): all that the two pages load, but for what few ever want.
const seldom = /^(send|pdf|blur|recorder)/;
const stored: Plugin = {
  name: 'list-of-what-is-kept',
  apply: 'build',
  writeBundle(_, bundle) {
    const kept = Object.keys(bundle).filter((file) => /-[\w-]{8}\.(js|css)$/.test(file) && !seldom.test(file));
    writeFileSync(join(out, 'stored.json'), JSON.stringify(kept.map((file) => base + file)));
  },
};

const common = /\/src\/(bus|dom|status|icons|people\/react|words\/(say|french|bar|class|devices|door|tools))\.ts$/;

export default defineConfig({
  base,
  publicDir: false,
  define: { __SELFIE__: JSON.stringify(base + place.selfie), __PDFJS__: JSON.stringify(base + place.pdfjs) },
  build: {
    outDir: out,
    emptyOutDir: true,
    // Every file has its hash in its name, and so is kept by browsers for good; the two pages alone are asked for each time.
    assetsDir: '',
    assetsInlineLimit: 0,
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: { class: 'class.html', check: 'check.html', worker: 'src/worker.ts' },
      // Its address stays, as browsers know it by that.
      output: {
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : '[name]-[hash].js'),
        // What both pages and all parts share is one file: each costs its own request and headers before the first sound.
        codeSplitting: { groups: [{ name: 'common', test: common }] },
      },
    },
  },
  plugins: [libraries, compressed, stored],
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
