/** What the documents name is there: pages and their sections, files, scripts, commands of the terminal. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

const pages = ['README.md', 'CONTRIBUTING.md', 'client/README.md', ...globSync('docs/**/*.md')];
const textOf = (page: string) => readFileSync(page, 'utf8');

/** Everything that a pattern finds in the pages, with where it stands. */
function found(pattern: RegExp): { page: string; what: string }[] {
  return pages.flatMap((page) => Array.from(textOf(page).matchAll(pattern), ([, what]) => ({ page, what: what! })));
}

const told = (wrong: readonly { page: string; what: string }[]) => wrong.map(({ page, what }) => `${page}: ${what}`);

/** The anchor that a heading gets where Markdown is shown. */
function anchorOf(heading: string): string {
  const shown = heading.replaceAll('`', '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return shown
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

const links = found(/\]\((?!https?:|mailto:)([^)\s]+)\)/g).concat(found(/src="([^"]+)"/g));

test('every link leads to a file', () => {
  assert.ok(links.length > 100);
  const broken = links.filter(({ page, what }) => {
    const [path = ''] = what.split('#');
    return path !== '' && !existsSync(join(dirname(page), path));
  });
  assert.deepEqual(told(broken), []);
});

test('the index of the decisions has all of them', () => {
  const decisions = globSync('docs/decisions/[0-9]*.md').map((page) => page.replace(/^.*\//, ''));
  const indexed = links.filter(({ page }) => page === 'docs/decisions/README.md').map(({ what }) => what);
  assert.deepEqual(indexed.toSorted(), decisions.toSorted());
});

test('every link into a page leads to one of its sections', () => {
  const broken = links.filter(({ page, what }) => {
    const [path = '', section] = what.split('#');
    if (section === undefined) return false;
    const target = path === '' ? page : normalize(join(dirname(page), path));
    const headings = Array.from(textOf(target).matchAll(/^#+ (.*)$/gm), ([, heading]) => anchorOf(heading!));
    return !headings.includes(section);
  });
  assert.deepEqual(told(broken), []);
});

test('every path of a source that is named is there', () => {
  const paths = found(/`((?:src|web|client|test|e2e|bench|scripts|packaging|docs)\/[\w./-]*\w)`/g);
  assert.ok(paths.length > 30);
  assert.deepEqual(told(paths.filter(({ what }) => !existsSync(what))), []);
});

test('every script that is named is one of npm’s', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const named = found(/npm run ((?!-)[\w:]+)/g);
  assert.ok(named.length > 30);
  assert.deepEqual(told(named.filter(({ what }) => !(what in scripts))), []);
});

test('every command of the terminal that is named is one', async () => {
  const names: string[] = [];
  for (const file of globSync('src/commands/{*Commands,checkDirectory}.ts')) {
    const tables = Object.values((await import(`../${file}`)) as object);
    names.push(...tables.filter((table) => typeof table === 'object').flatMap((table: object) => Object.keys(table)));
  }
  const named = found(/npm run coterie\s+-- ([^`\n#]+)/g);
  assert.ok(named.length > 30);
  const unknown = named.filter(({ what }) => !names.some((name) => `${what.trim()} `.startsWith(`${name} `)));
  assert.deepEqual(told(unknown), []);
});
