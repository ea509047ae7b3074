import { defineConfig } from 'vitest/config';

// Scripts, each whole in itself: what two of them share is in both, so that no page waits for a second request.
const scripts = { app: 'src/app.ts', board: 'src/board.ts', sw: 'src/sw/sw.ts' };
const portal = process.env.STAGES_PORTAL ?? 'http://localhost:8080';

export default defineConfig({
  publicDir: false,
  environments: Object.fromEntries(
    Object.entries(scripts).map(([name, input]) => [
      name,
      {
        consumer: 'client' as const,
        build: {
          outDir: '../wwwroot',
          // The pictures and style sheets there are not ours to delete.
          emptyOutDir: false,
          // Browsers since 2022. Named one by one, private members would be paraphrased for a fault of an old Safari.
          target: 'es2022',
          modulePreload: { polyfill: false },
          reportCompressedSize: false,
          // The Portal gives each file its fingerprint; here they have their plain names.
          rollupOptions: { input: { [name]: input }, output: { entryFileNames: '[name].js' } },
        },
      },
    ]),
  ),
  builder: {
    buildApp: async (builder) => {
      for (const name of Object.keys(scripts)) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  // `npm run dev`: the pages of a Portal that runs already, with the scripts of this folder as they are being written.
  server: {
    proxy: { '^/(?!src/|@|node_modules/)': { target: portal, ws: true } },
    hmr: { path: '@reload' },
  },
  plugins: [
    {
      name: 'scripts-under-their-names',
      apply: 'serve',
      configureServer: (server) => {
        server.middlewares.use((request, _, next) => {
          request.url = request.url?.replace(/^\/(app|board)(\.\w+)?\.js$/, '/src/$1.ts');
          next();
        });
      },
      // Saving a file reloads the page.
      transform: (code, id) => (/\/src\/(app|board)\.ts$/.test(id) ? `import '/@vite/client';\n${code}` : null),
    },
  ],
  test: { include: ['src/**/*.test.ts'] },
});
