/** What one of several programs with one database does for all, and who does it when that one ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, create, folder, get, shareAccepted, update } from '../kit/calls.ts';
import { freePort } from '../kit/daemon.ts';
import { openNodes, until } from '../kit/nodes.ts';
import type { Nodes } from '../kit/nodes.ts';

/** A program whose metrics can be read: the names of the jobs that have been run there. */
async function startWatched(nodes: Nodes) {
  const port = await freePort();
  const node = await nodes.start({ COTERIE_METRICS_PORT: String(port) });
  const jobs = async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return new Set(Array.from(text.matchAll(/^coterie_jobs_total\{job="([^"]+)"/gmu), ([, name]) => name!));
  };
  return { ...node, jobs };
}

test('what is done again and again one program does, another when that one is killed, and a third when the second ends', async () => {
  await using nodes = await openNodes();
  const first = await startWatched(nodes);
  await until(async () => (await first.jobs()).size > 20);
  const all = await first.jobs();
  const isAllOf = (jobs: ReadonlySet<string>) => [...all].every((name) => jobs.has(name));
  const second = await startWatched(nodes);
  // It serves people, and has had a turn to look whether it is on duty.
  const ada = await second.enter(nodes.app.ada);
  await folder(ada, 'Presse');
  assert.deepEqual([...(await second.jobs())], []);
  await first.kill();
  await until(async () => isAllOf(await second.jobs()));
  const third = await startWatched(nodes);
  assert.deepEqual([...(await third.jobs())], []);
  assert.equal(await second.stop(), 0);
  await until(async () => isAllOf(await third.jobs()));
});

test('what follows from a change that was committed just before its program was killed another one does', async () => {
  await using nodes = await openNodes();
  const first = await nodes.start();
  const [ada, ben] = [await first.enter(nodes.app.ada), await first.enter(nodes.app.ben)];
  const bookId = await folder(ada, 'Presse');
  const sourceId = await card(ada, bookId, 'Jean Dupont');
  await shareAccepted(ada, bookId, ben, 'viewer');
  const copyId = await create(ben, 'CardLink', { sourceId, addressBookId: await folder(ben, 'À moi') });
  const second = await nodes.start();
  const there = await second.enter(nodes.app.ben);
  await first.kill();
  // A program that commits and does nothing more: as one that is killed in that moment.
  await update(nodes.app.ada, 'ContactCard', sourceId, { 'name/full': 'Jean Durand' });
  await until(async () => (await get(there, 'ContactCard', copyId))!['name']!['full'] === 'Jean Durand');
});
