/** Our own client as others get it: packed, unpacked in an empty project, compiled against its types, run by plain Node. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { createDataFolder, type Server, startServer } from '../kit/server.ts';

const compiler = resolve('node_modules/typescript/bin/tsc');

let data: Awaited<ReturnType<typeof createDataFolder>>;
let server: Server;
let project: string;
let packed: string;

before(async () => {
  data = await createDataFolder();
  server = await startServer(data.path);
  project = mkdtempSync(join(tmpdir(), 'coterie-client-'));
  run(process.execPath, [compiler, '-p', 'client'], resolve('.'));
  packed = run('npm', ['pack', '--silent', '--pack-destination', project, resolve('client')], project).trim();
  run('tar', ['-xzf', packed], project);
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(join(project, 'package'), join(project, 'node_modules', 'coterie-client'));
});
after(async () => {
  await server.stop();
  await data.remove();
  rmSync(project, { recursive: true, force: true });
});

function run(
  command: string,
  args: readonly string[],
  folder: string,
  environment: Record<string, string> = {},
): string {
  try {
    return execFileSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 120_000,
      env: { ...process.env, ...environment },
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  }
}

function compileAndRun(name: string, source: string): string {
  const options = {
    compilerOptions: {
      strict: true,
      noUncheckedIndexedAccess: true,
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.asynciterable'],
      types: [],
    },
    files: [`${name}.ts`],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(options));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  writeFileSync(join(project, `${name}.ts`), source);
  run(process.execPath, [compiler, '-p', '.'], project);
  return run(process.execPath, [`${name}.js`], project, { SERVER: server.url });
}

test('the package has its licence, its words, its types and its code, and nothing else', () => {
  const files = run('tar', ['-tzf', packed], project).trim().split('\n');
  for (const file of ['LICENSE', 'README.md', 'package.json', 'dist/main.js', 'dist/main.d.ts'])
    assert.ok(files.includes(`package/${file}`), file);
  const other = files.filter(
    (file) => !/^package\/(LICENSE|README\.md|package\.json|dist\/\w+(\.d)?\.(js|ts))$/u.test(file),
  );
  assert.deepEqual(other, []);
});

test('the example of its README compiles strictly and runs', () => {
  const [, example = ''] = /```ts\n([\s\S]*?)```/u.exec(readFileSync('client/README.md', 'utf8')) ?? [];
  const [imports = '', ...rest] = example.split('\n\n');
  const facts = `declare const process: { env: Record<string, string> };
const server = process.env['SERVER']!; const [email, password] = ['ada@demo.example', 'demo'];`;
  const output = compileAndRun('readme', [imports, facts, ...rest].join('\n\n'));
  assert.match(output, /'Contacts'/u);
});

test('two people share a folder with it, and one hears what the other does', () => {
  const output = compileAndRun('sharing', readFileSync('e2e/clients/ownClientExample.txt', 'utf8'));
  assert.equal(output, 'shared\naccepted\nheard\nread Zoé\n');
});
