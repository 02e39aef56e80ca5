/**
 * Fails when the JavaScript of a first visit has grown past its budget: the entry, what it imports statically, and the
 * sentences of one language, without which nothing is shown; of the two the longer ones.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = 250_000;
const dist = new URL('../web/dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const initial = new Set();
const visit = (key) => {
  if (initial.has(key)) return;
  initial.add(key);
  for (const next of manifest[key].imports ?? []) visit(next);
};
for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(key);

const scripts = [...initial].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'));
const sizes = scripts.map(sizeOf);
const languages = ['fr', 'en'].map((language) => sizeOf(manifest[`locales/${language}.ts`].file));
sizes.push(languages.toSorted((one, other) => other.bytes - one.bytes)[0]);
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);

if (scripts.length === 0 || total > budget) {
  for (const { file, bytes } of sizes) console.log(`${kilobytes(bytes)}  ${file}`);
  console.log(`A first visit loads ${kilobytes(total)} of JavaScript (gzip); the budget is ${kilobytes(budget)}.`);
  process.exitCode = 1;
} else {
  console.log(`${kilobytes(total)} of ${kilobytes(budget)} (gzip)`);
}

function sizeOf(file) {
  return { file, bytes: gzipSync(readFileSync(new URL(file, dist))).length };
}

function kilobytes(bytes) {
  return `${Math.round(bytes / 1000)} kB`;
}
