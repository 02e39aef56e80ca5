import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { guestCommands } from '../../../src/commands/guestCommands.ts';
import { userCommands } from '../../../src/commands/userCommands.ts';
import { readConfig } from '../../../src/config.ts';
import { folder, get, refusal } from '../../kit/calls.ts';
import { comeAsGuest, shareWithGuest } from '../../kit/guest.ts';
import { createTestApp } from '../../kit/world.ts';

const page = readFileSync(new URL('../../../docs/operation/guests.md', import.meta.url), 'utf8');

function blocks(kind: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${kind}\n(.*?)\`\`\``, 'gsu'))].map(([, block]) => block!);
}

function settingsOf(block: string): Record<string, string> {
  return Object.fromEntries(
    block
      .trim()
      .split('\n')
      .map((line) => line.split('=') as [string, string]),
  );
}

test('every block of settings on the page about guests is understood', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'coterie-guests-page-')), 'coterie.conf');
  const read = blocks('ini').map((block) => {
    writeFileSync(file, block);
    return readConfig({ COTERIE_CONFIG: file });
  });
  rmSync(join(file, '..'), { recursive: true });
  assert.deepEqual(
    read.map((config) => [config.guests, config.publicLinks, config.guestDays, config.publicLinkDays]),
    [
      [true, true, 180, 30],
      [false, false, 0, 0],
    ],
  );
});

test('they do what the page says: an end for guests and links, or neither of them', async () => {
  const [bounded, off] = blocks('ini').map(settingsOf);
  {
    await using app = await createTestApp({ environment: bounded! });
    const id = await shareWithGuest(app.ada, await folder(app.ada, 'Presse'), 'ines@ailleurs.example');
    const { expiresAt } = (await get(app.ada, 'Share', id))! as unknown as { expiresAt: string };
    assert.equal(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000), 180);
  }
  await using app = await createTestApp({ environment: off! });
  const addressBookId = await folder(app.ada, 'Presse');
  for (const [type, reason] of [
    ['guest', 'guestsOff'],
    ['public', 'publicLinksOff'],
  ]) {
    const value = { addressBookId, type, role: 'viewer', ...(type === 'guest' ? { email: 'x@y.example' } : {}) };
    assert.equal((await refusal(app.ada, 'Share/set', { create: { n: value } }))['reason'], reason);
  }
});

test('the commands of the page list the guests, and keep one out', async () => {
  await using app = await createTestApp();
  const lines = blocks('sh')[0]!.trim().split('\n');
  const email = lines[1]!.split(' ').at(-1)!;
  const list = () => guestCommands['guest list']!.run(app.world, []);
  assert.equal(await list(), 'No guests.');
  const bookId = await folder(app.ada, 'Presse');
  await shareWithGuest(app.ada, bookId, email);
  await shareWithGuest(app.ada, bookId, 'dan@ailleurs.example');
  const guest = await comeAsGuest(app, email);
  const shown = await list();
  assert.match(shown, /dan@ailleurs\.example +waiting +1 folders/u);
  assert.match(shown, /ines@example\.net +Inès Dehors +came +1 folders/u);
  assert.ok(lines[1]!.startsWith('npm run coterie -- user disable ') && lines[0] === 'npm run coterie -- guest list');
  await userCommands['user disable']!.run(app.world, [email]);
  assert.match(await list(), /locked out/u);
  assert.equal((await guest.get('/jmap/session')).status, 401);
});
