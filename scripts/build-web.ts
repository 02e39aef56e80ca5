import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'vite';
import { sourceFiles } from './source-files.ts';

/** Vite empties web/dist first, so this file is there only after a build that came to its end. */
const stamp = 'web/dist/.sources';
const sources = hashOfSources();

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) {
  console.log('The web app is up to date.');
} else if (existsSync('web/index.html')) {
  console.log('Building the web app.');
  const started = Date.now();
  await build({ logLevel: 'warn' });
  await buildWorker();
  listFiles();
  writeFileSync(stamp, sources);
  console.log(`Web app built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
} else {
  console.log('web/index.html is missing, so there is no web app to build.');
  process.exitCode = 1;
}

/** One file without imports: not every browser has modules in service workers. */
async function buildWorker(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: 'web',
    publicDir: false,
    build: {
      outDir: 'dist',
      emptyOutDir: false,
      target: 'baseline-widely-available',
      rolldownOptions: {
        input: 'web/offline/worker.ts',
        output: { format: 'iife', entryFileNames: 'worker.js' },
      },
    },
  });
}

/** What the service worker keeps: everything that the app consists of, beside its page. */
function listFiles(): void {
  const files = ['icon.svg', ...readdirSync('web/dist/assets').map((file) => `assets/${file}`)];
  const content = { built: new Date().toISOString(), files: files.map((file) => `/${file}`) };
  writeFileSync('web/dist/files.json', JSON.stringify(content));
}

function hashOfSources(): string {
  const files = ['web', 'client/src', 'src/format', 'src/lib']
    .flatMap(sourceFiles)
    .filter((file) => !/\.test\.tsx?$/.test(file));
  const hash = createHash('sha256');
  for (const file of [...files, 'vite.config.ts', 'package-lock.json'])
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
