import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { restored } from '../../../src/commands/restoredCommand.ts';
import { openSqlite } from '../../../src/db/sqlite.ts';
import { card, list } from '../../kit/calls.ts';
import { assertSame, davCopy, jmapCopy } from '../../kit/copies.ts';
import { contactsOf } from '../../kit/dav.ts';
import { createClient } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

test('a copy of the file that is put back is known as one when somebody says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const [data, kept] = [join(folder, 'data'), join(folder, 'kept')];
  await mkdir(data);
  const open = async (empty = true) => createTestApp({ database: await openSqlite(join(data, 'coterie.db')), empty });
  const first = await open(false);
  const { ada } = first;
  const own = (await list(ada, 'AddressBook')).find((each) => String(each['isDefault']) === 'true')!['id']!;
  const path = await contactsOf(ada);
  const [early, late] = [
    [jmapCopy(ada.id), davCopy(path)],
    [jmapCopy(ada.id), davCopy(path)],
  ];
  await card(ada, own, 'Before');
  for (const copy of early) await copy.follow(ada);
  await first.close();
  await cp(data, kept, { recursive: true });
  {
    await using second = await open();
    const there = Object.assign(createClient(second.url, ada), { cookie: ada.cookie });
    await card(there, own, 'Lost');
    for (const copy of late) await copy.follow(there);
  }
  await rm(data, { recursive: true });
  await cp(kept, data, { recursive: true });
  assert.match(await restored(['--in', data], {}), /reads everything anew/u);
  await assert.rejects(restored(['--in', folder], {}), /There is no Coterie in/u);
  await assert.rejects(restored(['--at', data], {}), /Say which/u);
  {
    await using third = await open();
    const there = Object.assign(createClient(third.url, ada), { cookie: ada.cookie });
    await card(there, own, 'After');
    for (const [index, copy] of late.entries()) {
      assert.equal(await copy.follow(there), 'anew');
      assert.equal(await early[index]!.follow(there), 'changes');
      await assertSame(copy, [jmapCopy(ada.id), davCopy(path)][index]!, there);
    }
  }
  await rm(folder, { recursive: true });
});
