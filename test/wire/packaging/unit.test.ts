/** The unit for systemd. systemd itself cannot be started by a test; what it says about the unit can be asked. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../../src/config.ts';

const file = fileURLToPath(new URL('../../../packaging/coterie.service', import.meta.url));
const unit = readFileSync(file, 'utf8');

test('systemd finds nothing wrong with it, and little to attack in what it starts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coterie-unit-'));
  // Where nothing is installed yet, a user and programs that exist stand for those of the unit.
  const here = unit
    .replace(/^(User|Group)=coterie$/gmu, '$1=daemon')
    .replace(/^ExecStart=\S+/mu, 'ExecStart=/bin/sh')
    .replace('Group=daemon', 'Group=nogroup');
  writeFileSync(join(folder, 'coterie.service'), here);
  const ask = (...words: string[]) =>
    spawnSync('/usr/bin/systemd-analyze', [...words, join(folder, 'coterie.service')], { encoding: 'utf8' });
  const verified = ask('--man=no', 'verify');
  assert.equal(verified.error, undefined);
  assert.deepEqual([verified.status, verified.stdout + verified.stderr], [0, '']);
  const security = ask('--offline=true', '--threshold=20', 'security');
  assert.equal(security.status, 0, security.stdout.split('\n').at(-2));
  rmSync(folder, { recursive: true });
});

test('what it sets is understood by the program', () => {
  const settings = [...unit.matchAll(/(COTERIE_\w+)=(\S+)/gu)].map(([, name, value]) => [name!, value!] as const);
  assert.deepEqual(
    settings.map(([name]) => name),
    ['COTERIE_CONFIG', 'COTERIE_DATA'],
  );
  const data = Object.fromEntries(settings.filter(([name]) => name !== 'COTERIE_CONFIG'));
  assert.equal(readConfig(data).data, '/var/lib/coterie');
  assert.match(unit, /^StateDirectory=coterie$/mu);
});
