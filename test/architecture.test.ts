import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { sourceFiles } from '../scripts/source-files.ts';

/** Which layers, or files at the top of src, each may import. `app.ts` and `main.ts` wire all of it together. */
const mayImport: Record<string, readonly string[] | 'everything'> = {
  'main.ts': 'everything',
  'app.ts': 'everything',
  'commands.ts': 'everything',
  background: ['core', 'lib', 'protocol', 'config.ts'],
  'doors.ts': 'everything',
  commands: 'everything',
  'config.ts': ['settings', 'lib', 'errors.ts'],
  settings: [],
  'errors.ts': [],
  lib: [],
  format: ['lib'],
  db: ['lib', 'errors.ts'],
  core: ['db', 'format', 'lib', 'errors.ts'],
  directory: ['core', 'lib', 'errors.ts'],
  mail: ['db', 'format', 'lib', 'errors.ts'],
  zimbra: ['format', 'lib'],
  protocol: ['core', 'format', 'lib', 'errors.ts'],
  monitoring: ['core', 'db', 'lib'],
  demo: ['core', 'format', 'lib', 'config.ts', 'errors.ts'],
  client: [],
  web: ['client', 'format', 'lib'],
};

/** Inside core a folder imports only folders that stand before it; the files at the top of core serve them all. */
const coreOrder = [
  'audit',
  'program',
  'change',
  'search',
  'outbox',
  'listing',
  'principal',
  'contacted',
  'preferences',
  'directory',
  'auth',
  'sharing',
  'notification',
  'privateNote',
  'cardLink',
  'sync',
  'push',
  'appPassword',
  'blob',
  'photo',
  'quota',
  'version',
  'addressbook',
  'davPush',
  'share',
  'invitation',
  'discovery',
  'guest',
  'card',
  'linkedCopy',
  'directorybook',
  'collected',
  'suggest',
  'trash',
  'history',
  'import',
  'duplicate',
  'handover',
  'administration',
  'export',
  'check',
];

const maxLines = 400;
const maxFilesInFolder = 25;

/** `isLazy`: fetched when it is needed. */
type Import = { readonly from: string; readonly to: string; readonly isLazy: boolean };

const program = [...sourceFiles('src'), ...sourceFiles('client'), ...sourceFiles('web')]
  .filter((file) => /\.tsx?$/.test(file))
  .filter((file) => !/\.test\.tsx?$/.test(file));
const imports = program.flatMap(importsOf);
const inside = imports.filter(({ to }) => /^(src|client|web)\//.test(to));

test('every folder of the program stands in the table of layers', () => {
  const unknown = new Set(program.map(layer).filter((name) => !(name in mayImport)));
  assert.deepEqual([...unknown], [], 'add it to mayImport in test/architecture.test.ts, or move it');
});

test('imports only point inwards', () => {
  const wrong = inside.filter(({ from, to }) => {
    const allowed = mayImport[layer(from)] ?? [];
    return layer(from) !== layer(to) && allowed !== 'everything' && !allowed.includes(layer(to));
  });
  assert.deepEqual(arrows(wrong), []);
});

test('an adapter of the directory knows of core its port alone', () => {
  const port = 'src/core/directory/directory.ts';
  const wrong = inside.filter(({ from, to }) => layer(from) === 'directory' && layer(to) === 'core' && to !== port);
  assert.deepEqual(arrows(wrong), []);
});

test('no protocol knows another', () => {
  const doors = inside.filter(({ from, to }) => layer(from) === 'protocol' && layer(to) === 'protocol');
  assert.deepEqual(arrows(doors.filter(({ from, to }) => folder(from) !== folder(to))), []);
});

test('every folder of core has its place in the order', () => {
  const folders = new Set(program.filter((file) => layer(file) === 'core').flatMap((file) => folder(file) ?? []));
  const unknown = [...folders].filter((name) => !coreOrder.includes(name));
  assert.deepEqual(unknown, [], 'add it to coreOrder in test/architecture.test.ts');
});

test('docs/architecture.md says what every folder of core is for', () => {
  const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');
  assert.deepEqual(
    coreOrder.filter((name) => !page.includes(`\`${name}\``)),
    [],
  );
});

test('inside core, a folder imports only those before it', () => {
  const place = (file: string) => coreOrder.indexOf(folder(file) ?? '');
  const core = inside.filter(({ from, to }) => layer(from) === 'core' && layer(to) === 'core');
  assert.deepEqual(arrows(core.filter(({ from, to }) => place(from) >= 0 && place(to) > place(from))), []);
});

test('format is pure: it imports neither Node nor a package, so the browser can use it too', () => {
  const outside = imports.filter(({ from, to }) => layer(from) === 'format' && !/^(src|web)\//.test(to));
  assert.deepEqual(arrows(outside), []);
});

test('core knows no HTTP and no protocol package', () => {
  const wrong = imports.filter(
    ({ from, to }) => layer(from) === 'core' && /^(node:(http|https|net)|nodemailer)/.test(to),
  );
  assert.deepEqual(arrows(wrong), []);
});

test('no file hands on what another exports', () => {
  // What a package offers stands in one file: for others, nothing here imports it.
  const barrels = program
    .filter((file) => file !== 'client/src/main.ts')
    .filter((file) => /^export\s([^;=(]*?\sfrom\s*['"]|(type\s)?\{)/m.test(readFileSync(file, 'utf8')));
  assert.deepEqual(barrels, [], 'import the file that defines it');
});

test('no file leads back to itself, by types neither', () => {
  let left = inside.filter(({ isLazy }) => !isLazy);
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    const [leading, reached] = [new Set(left.map(({ from }) => from)), new Set(left.map(({ to }) => to))];
    left = left.filter(({ from, to }) => reached.has(from) && leading.has(to));
  }
  assert.deepEqual(arrows(left), [], 'what both need belongs into a file of its own');
});

test(`no file is longer than ${maxLines} lines`, () => {
  const code = ['src', 'client', 'web', 'test', 'e2e', 'scripts', 'bench']
    .flatMap((name) => sourceFiles(name))
    .filter((file) => /\.(tsx?|mjs|css|sql)$/.test(file))
    // What a command writes is as long as it is.
    .filter((file) => !file.startsWith('test/sql/'));
  const long = code.map((file) => ({ file, lines: readFileSync(file, 'utf8').trimEnd().split('\n').length }));
  assert.deepEqual(
    long.filter(({ lines }) => lines > maxLines),
    [],
  );
});

test(`no folder holds more than ${maxFilesInFolder} files`, () => {
  const counts = Map.groupBy(program, dirname);
  const full = [...counts].filter(([, files]) => files.length > maxFilesInFolder).map(([name]) => name);
  assert.deepEqual(full, []);
});

/** `lib` for src/lib/ids.ts, `app.ts` for src/app.ts, `web` for anything in web, `client` in client. */
function layer(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'web' || top === 'client' ? top : second;
}

/** `card` for src/core/card/putCard.ts, null for a file at the top of its layer. */
function folder(file: string): string | null {
  const parts = file.split('/');
  return parts.length > 3 ? (parts[2] ?? null) : null;
}

function importsOf(file: string): Import[] {
  const code = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const names = [...code.matchAll(/(\bfrom\s*|^\s*import\s*|\bimport\(\s*)(['"])([^'"\n]+)\2/gm)];
  return names.map(([, word = '', , name = '']) => ({
    from: file,
    to: name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
    isLazy: word.includes('('),
  }));
}

function arrows(wrong: readonly Import[]): string[] {
  return wrong.map(({ from, to }) => `${from} -> ${to}`);
}
