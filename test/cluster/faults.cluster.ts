import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { createClient } from '../kit/person.ts';
import { signalAll } from '../kit/processFamily.ts';
import { createTestApp } from '../kit/world.ts';
import { startNodes } from './kit/nodes.ts';
import type { Nodes } from './kit/nodes.ts';
import { startPostgresCluster } from './kit/postgresCluster.ts';
import type { PostgresCluster } from './kit/postgresCluster.ts';
import { keep } from './kit/service.ts';
import { startLoad } from './load.ts';
import type { Load } from './load.ts';

let folder: string;
let cluster: PostgresCluster;
let nodes: Nodes;
let load: Load;
let keeper: ReturnType<typeof keep>;

const idOf = (what: 'u' | 'g') => Number(execFileSync('id', [`-${what}`, 'postgres'], { encoding: 'utf8' }));

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coterie-cluster-'));
  keeper = keep(folder);
  const owner = { uid: idOf('u'), gid: idOf('g') };
  await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o755);
  const began = performance.now();
  cluster = await startPostgresCluster({ folder, owner });
  await cluster.whole();
  tell(`three members of PostgreSQL, whole after ${seconds(began)} s`);
  const maker = await createTestApp({ database: await openPostgres(cluster.url) });
  const facts = [maker.ada, maker.ben, maker.chloe].map(({ id, name, email, password }) => ({
    id,
    name,
    email,
    password,
  }));
  await maker.close();
  nodes = await startNodes({ folder, owner }, cluster.url);
  tell(`three programs and all before them after ${seconds(began)} s`);
  const people = facts.map((one) => createClient(nodes.url, one));
  for (const person of people) await person.signIn();
  load = await startLoad(people);
});

after(async () => {
  cluster?.close();
  await keeper.end();
});

/** What it cost is worth reading whatever comes of it. */
const tell = (line: string) => process.stdout.write(`${line}\n`);
const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);

type Fault = {
  /** Nobody is without an answer for longer, in seconds. */
  readonly bound: number;
  readonly happens: () => Promise<void>;
  /** Makes it whole again, while people work. */
  readonly mended?: () => Promise<void>;
};

/** Lets something go wrong while people work, and tells what it cost them. */
function fault(name: string, { bound, happens, mended }: Fault): void {
  test(name, { timeout: 170_000 }, async () => {
    await load.working(20);
    load.troubles();
    load.silence();
    const began = performance.now();
    await happens();
    // Long enough for what goes wrong later; and then until everybody works as before.
    await wait(2000);
    await load.working(60);
    const { longest, slowest } = load.silence();
    const troubles = load.troubles();
    const kinds = [...Map.groupBy(troubles, ({ status }) => status ?? 'connection lost')];
    const counted = kinds.map(([kind, all]) => `${all.length} × ${kind}`).join(', ') || 'nobody noticed';
    tell(
      `${name}: without an answer ${longest.toFixed(1)} s at most, longest question ${slowest.toFixed(1)} s; ${counted}`,
    );
    await mended?.();
    await cluster.whole();
    tell(`  whole again after ${seconds(began)} s, ${JSON.stringify(load.counts)}`);
    assert.ok(longest <= bound, `somebody was without an answer for ${longest} s`);
  });
}

fault('nothing happens', { bound: 15, happens: async () => undefined });

fault('a planned switchover', {
  bound: 30,
  async happens() {
    const { name, restPort } = await cluster.primary();
    const asked = { method: 'POST', body: JSON.stringify({ leader: name }) };
    const reply = await fetch(`http://127.0.0.1:${restPort}/switchover`, asked);
    assert.equal(reply.status, 200, await reply.text());
  },
});

fault('PostgreSQL of the primary is killed', {
  bound: 45,
  happens: async () => signalAll((await cluster.primary()).postgres(), 'SIGKILL'),
});

let gone: Awaited<ReturnType<PostgresCluster['primary']>>;
fault('the machine of the primary is gone', {
  bound: 60,
  async happens() {
    gone = await cluster.primary();
    await gone.kill();
  },
  mended: () => gone.start(),
});

fault('one of three programs is killed', {
  bound: 15,
  happens: () => nodes.nodes[1]!.kill(),
  mended: () => nodes.nodes[1]!.start(),
});

fault('the load balancer before PostgreSQL is killed and started again', {
  bound: 15,
  async happens() {
    await cluster.haproxy.kill();
    await cluster.haproxy.start();
  },
});

fault('PgBouncer is killed and started again', {
  bound: 15,
  async happens() {
    await cluster.pgbouncer.kill();
    await cluster.pgbouncer.start();
  },
});

fault('nothing passes between the primary and its standbys', {
  bound: 45,
  async happens() {
    gone = await cluster.primary();
    gone.toReplicas.cut();
  },
  mended: async () => gone.toReplicas.mend(),
});

fault('nothing passes between the primary and etcd', {
  bound: 60,
  async happens() {
    gone = await cluster.primary();
    gone.toEtcd.cut();
    await wait(25_000);
  },
  mended: async () => gone.toEtcd.mend(),
});

fault('the machine of the primary stands still, and wakes up when another is the primary', {
  bound: 60,
  async happens() {
    gone = await cluster.primary();
    const all = gone.pids();
    signalAll(all, 'SIGSTOP');
    await wait(35_000);
    signalAll(all, 'SIGCONT');
  },
});

test('no acknowledged write is lost, nothing else is there, and whoever asked only for changes holds the same', async () => {
  assert.deepEqual(await load.finish(), []);
  const client = new Client(cluster.adminUrl);
  await client.connect();
  // Where another server took over numbers leap.
  const { rows } = await client.query<{ given: string; rows: string; isNewest: boolean }>(`
    SELECT (account.seq - coalesce(max(gap.left_out), 0))::text AS given, count(change.seq) AS rows,
      account.seq IN (coalesce(max(change.seq), 0), max(gap.resumes)) AS "isNewest"
    FROM account LEFT JOIN change ON change.account_id = account.id
    LEFT JOIN (SELECT log, sum(resumes - last) AS left_out, max(resumes) AS resumes FROM lost_number GROUP BY log) AS gap
      ON gap.log = account.id
    GROUP BY account.id`);
  assert.ok(rows.length > 0);
  for (const { given, rows: there, isNewest } of rows)
    assert.deepEqual([there, isNewest], [given, true], 'a number of an account is missing, or there twice');
  // Whoever proves must be able to find: a write is lost behind everybody's back.
  const lost = await client.query(
    `UPDATE card_record SET vcard = replace(vcard, ' v6', ' v5') WHERE card_id =
       (SELECT card_id FROM card_record JOIN card ON card.id = card_id
        WHERE trash_id IS NULL AND vcard LIKE '%Ada-dav-% v6%' LIMIT 1)`,
  );
  assert.equal(lost.rowCount, 1);
  await client.end();
  assert.match((await load.look()).join('\n'), /Ada-dav-\d+ v5.* Ada-dav-\d+ v6/u);
});
