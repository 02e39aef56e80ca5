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

/**
 * React Aria asks in which direction the browser's language is written, in a way for which the browser first reads what it knows
 * of all scripts. This asks its list of languages.
 */
const quickDirection: Plugin = {
  name: 'quick-direction',
  transform(code, id) {
    if (!id.includes('/react-aria/dist/private/i18n/utils.mjs')) return null;
    const asked = 'if (Intl.Locale) {';
    if (!code.includes(asked)) this.error(`${id} does not say ${asked} any more: this plugin can go.`);
    return { code: code.replace(asked, 'if (false) {'), map: null };
  },
};

/**
 * React Aria asks at its start whether the browser's language is well-formed, in a way for which the browser first gathers
 * all the languages it knows: a twentieth of the time until the first list. This asks the same and gathers nothing.
 */
const quickLanguageCheck: Plugin = {
  name: 'quick-language-check',
  transform(code, id) {
    if (!id.includes('/react-aria/dist/private/i18n/useDefaultLocale.mjs')) return null;
    const asked = /Intl\.DateTimeFormat\.supportedLocalesOf\(\[\s*locale\s*\]\)/u;
    if (!asked.test(code)) this.error(`${id} does not say ${asked.source} any more: this plugin can go.`);
    return { code: code.replace(asked, 'Intl.getCanonicalLocales(locale)'), map: null };
  },
};

/**
 * Nearly all that the first screen loads is used at once. Told so, a browser compiles it beside the page while it arrives, and not
 * function by function when each is called: a tenth of the time until the first list (V8's explicit compile hints).
 */
const compiledAhead: Plugin = {
  name: 'compiled-ahead',
  // After all others: it counts only in the first line.
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const firsts = Object.values(bundle).flatMap((chunk) =>
        chunk.type === 'chunk' && chunk.isEntry ? [chunk.fileName, ...chunk.imports] : [],
      );
      for (const name of firsts) {
        const chunk = bundle[name];
        if (chunk?.type === 'chunk') chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
      }
    },
  },
};

export default defineConfig({
  root: 'web',
  plugins: [react(), onlyOurLanguages, quickLanguageCheck, quickDirection, compiledAhead],
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
