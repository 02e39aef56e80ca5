import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** React Aria brings its few sentences in thirty languages; the app speaks two. */
const onlyOurLanguages: Plugin = {
  name: 'only-our-languages',
  load(id) {
    const locale = /\/react-(?:aria|stately|aria-components)\/dist\/.*\/([a-z]{2}-[A-Z]{2})\.mjs$/.exec(id)?.[1];
    return locale && locale !== 'fr-FR' && locale !== 'en-US' ? 'export default {}' : null;
  },
};

export default defineConfig({
  root: 'web',
  plugins: [react(), onlyOurLanguages],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    // scripts/bundle-size.mjs has the budget, after compression.
    chunkSizeWarningLimit: 1_000,
    target: 'baseline-widely-available',
    // scripts/bundle-size.mjs reads there which files a first visit loads.
    manifest: true,
    // The pages' Content-Security-Policy allows no data: scripts or fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
});
