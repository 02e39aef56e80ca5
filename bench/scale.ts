/**
 * What docs/scale.md reckons with, measured: rows and octets of an account and of a card in every table, and the processor time of the
 * program and of the database for each operation, on SQLite and on PostgreSQL. `node bench/scale.ts [cards]`
 */
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { ensureAccount } from '../src/core/addressbook/ensureAccount.ts';
import { createCard } from '../src/core/card/createCard.ts';
import { findCardWithRecord } from '../src/core/card/cardEntries.ts';
import { updateCard } from '../src/core/card/updateCard.ts';
import { indexWords } from '../src/core/card/words/indexWords.ts';
import { createChanges } from '../src/core/change/hub.ts';
import type { Context, World } from '../src/core/context.ts';
import { createPerson } from '../src/core/principal/createPerson.ts';
import { findBook, visibleBooks } from '../src/core/sharing/access.ts';
import { changesOf } from '../src/core/sync/changesOf.ts';
import type { Database } from '../src/db/database.ts';
import { openPostgres } from '../src/db/postgres/postgres.ts';
import { openSqlite } from '../src/db/sqlite.ts';
import { createChance } from '../src/demo/chance.ts';
import { startPostgres, templateName } from '../test/kit/postgresServer.ts';
import { inventCard } from './kit/inventCard.ts';

const cards = Number(process.argv[2] ?? 500);
const people = 20;

type Size = { readonly name: string; readonly rows: number; readonly octets: number };

function worldOf(db: Database): World {
  const settings = {
    publicUrl: 'https://contacts.demo.example',
    trashDays: 30,
    linkKey: new Uint8Array(32),
    maxCardSize: 10_000_000,
    maxCardsPerAccount: 100_000,
    organisation: 'Demonstration',
    mailEnabled: false,
    mailFrom: 'contacts@demo.example',
  };
  const hub = createChanges((error) => {
    throw error;
  });
  return { db, now: () => new Date(), hub, settings };
}

/** Processor time of the processes that have this word in their command, and of this one, in milliseconds. */
function processorOf(word: string): number {
  let ticks = 0;
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, 'utf8').startsWith(word)) continue;
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]!.split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks * 10;
}

async function timed(name: string, times: number, task: (index: number) => Promise<unknown>): Promise<void> {
  const [own, others] = [process.cpuUsage(), processorOf(`postgres: coterie ${templateName} `)];
  for (let index = 0; index < times; index++) await task(index);
  const { user, system } = process.cpuUsage(own);
  const there = processorOf(`postgres: coterie ${templateName} `) - others;
  console.log(`${name}: ${((user + system) / 1000 / times).toFixed(2)} ms, server ${(there / times).toFixed(2)} ms`);
}

function report(title: string, before: readonly Size[], after: readonly Size[], count: number): void {
  const old = new Map(before.map((size) => [size.name, size]));
  const grown = after.map(({ name, rows, octets }) => {
    const past = old.get(name) ?? { rows: 0, octets: 0 };
    return { name, rows: (rows - past.rows) / count, octets: (octets - past.octets) / count };
  });
  const sum = (pick: (size: Size) => number) => grown.reduce((total, size) => total + pick(size), 0);
  console.log(
    `${title}: ${sum(({ rows }) => rows).toFixed(1)} rows, ${Math.round(sum(({ octets }) => octets))} octets`,
  );
  for (const { name, rows, octets } of grown.filter((size) => size.octets > 20).sort((a, b) => b.octets - a.octets))
    console.log(`  ${name}: ${rows.toFixed(2)} rows, ${Math.round(octets)} octets`);
}

async function measure(world: World, sizes: () => Promise<Size[]>): Promise<void> {
  const empty = await sizes();
  const ids: string[] = [];
  for (let index = 0; index < people; index++) {
    const { id } = await createPerson(world, { name: `Person ${index}`, email: `person${index}@demo.example` });
    await ensureAccount({ ...world, actor: { principalId: id, language: 'fr' } });
    ids.push(id);
  }
  const accounts = await sizes();
  report('an account', empty, accounts, people);
  const context: Context = { ...world, actor: { principalId: ids[0]!, language: 'fr' } };
  const [place] = await visibleBooks(world.db, context, ids[0]!);
  const chance = createChance(1);
  const made: string[] = [];
  await timed('a new card', cards, async (index) =>
    made.push((await createCard(context, place!.book.id, inventCard(chance, index))).id),
  );
  await timed('its words in the index', 1, () => indexWords(world));
  const filled = await sizes();
  report('a card', accounts, filled, cards);
  const { actor } = context;
  await timed('an edit', cards, (index) =>
    updateCard(context, { cardId: made[index]!, accountId: actor.principalId }, ({ content, addressBookId }) => ({
      card: { ...content, keywords: { [`k${index}`]: true } },
      bookId: addressBookId,
    })),
  );
  report('an edit', filled, await sizes(), cards);
  const named = await world.db.all(world.db.build.selectFrom('card').select('uri').where('account_id', '=', ids[0]!));
  await timed('a card is read by its name', cards, (index) =>
    world.db.reading(async () => {
      const seen = await findBook(world.db, context, place!.book.id);
      return findCardWithRecord(context, seen!.book, named[index]!.uri);
    }),
  );
  await timed('what changed is asked for', cards, () =>
    world.db.reading(() => changesOf(context, ids[0]!, 'ContactCard', String(cards * 3 - 20), null)),
  );
}

const folder = await mkdtemp(join(tmpdir(), 'coterie-scale-'));
const file = await openSqlite(join(folder, 'coterie.db'));
console.log('SQLite');
await measure(worldOf(file), async () => {
  const rows = await file.all(
    sql<Size>`SELECT name, 0 AS rows, sum(pgsize) AS octets FROM dbstat GROUP BY name`.compile(file.build),
  );
  return rows.map((row) => ({ ...row, octets: Number(row.octets) }));
});
await file.close();
await rm(folder, { recursive: true });

const server = await startPostgres();
const db = await openPostgres(`${server.url}/${templateName}`);
console.log('\nPostgreSQL');
await measure(worldOf(db), async () => {
  const tables = await db.all(
    sql<{ name: string; octets: number }>`SELECT relname AS name, pg_total_relation_size(oid) AS octets FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`.compile(db.build),
  );
  return Promise.all(
    tables.map(async ({ name, octets }) => {
      const counted = sql<{ rows: number }>`SELECT count(*) AS rows FROM ${sql.table(name)}`;
      return { name, octets, rows: (await db.first(counted.compile(db.build)))!.rows };
    }),
  );
});
await db.close();
await server.stop();
