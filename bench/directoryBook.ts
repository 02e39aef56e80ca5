import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChanges } from '../src/core/change/hub.ts';
import { transact } from '../src/core/change/transact.ts';
import type { CardFilter, CardOrder } from '../src/core/card/query/queryTypes.ts';
import type { Context, World } from '../src/core/context.ts';
import { findDirectoryCards } from '../src/core/directorybook/findDirectoryCards.ts';
import { queryDirectoryCards } from '../src/core/directorybook/queryDirectoryCards.ts';
import { insertPrincipal } from '../src/core/principal/insertPrincipal.ts';
import { openSqlite } from '../src/db/sqlite.ts';
import { createChance } from '../src/demo/chance.ts';
import { givenNames, surnames } from '../src/demo/words.ts';

const entries = Number(process.argv[2] ?? 100_000);
const page = 100;
const rounds = 15;
const folder = await mkdtemp(join(tmpdir(), 'coterie-bench-'));
const db = await openSqlite(join(folder, 'coterie.db'), { durable: false });
const world: World = {
  db,
  now: () => new Date(),
  hub: createChanges((error) => console.error(error)),
  settings: {
    publicUrl: 'https://contacts.demo.example',
    trashDays: 30,
    linkKey: new Uint8Array(32),
    maxCardSize: 1_000_000,
    maxCardsPerAccount: 1_000_000,
    organisation: '',
    mailEnabled: false,
    mailFrom: '',
  },
};

const chance = createChance(1);
const departments = Array.from({ length: 200 }, (_, index) => `Service ${surnames[index % surnames.length]} ${index}`);
const started = performance.now();
let someone = '';
for (let done = 0; done < entries; done += 1000) {
  await transact(world, async (tx) => {
    for (let index = done; index < Math.min(done + 1000, entries); index += 1) {
      const [given, surname] = [chance.pick(givenNames), chance.pick(surnames)];
      const details = {
        given,
        surname,
        department: chance.pick(departments),
        title: index % 3 === 0 ? 'Ingénieure' : 'Chargé de mission',
        phones: [{ number: `+33 1 99 ${String(index).padStart(6, '0')}`, kind: 'work' as const }],
      };
      const person = { name: `${given} ${surname}`, email: `p${index}@demo.example`, details };
      someone = (await insertPrincipal(tx, world.now(), 'individual', person)).id;
    }
  });
}
console.log(
  `${entries} entries, ${((performance.now() - started) / entries).toFixed(2)} ms each to write; ${cpus().length} cores`,
);

const context: Context = { ...world, actor: { principalId: someone, language: 'fr' } };
const byName: CardOrder = [{ property: 'fileAs', isAscending: true }];

async function report(name: string, filter: object | null, offset = 0, order = byName): Promise<void> {
  const asked = filter && ({ operator: null, condition: filter } as CardFilter);
  const results = () => queryDirectoryCards(context, asked, order);
  const paged = async () => {
    const ids = await (await results()).slice(offset, page);
    await findDirectoryCards(context, ids, { limit: page, withMembers: false });
  };
  const total = async () => (await results()).total();
  console.log(
    `${name.padEnd(44)} page ${(await median(paged)).toFixed(2).padStart(7)} ms, total ${(await median(total)).toFixed(2).padStart(7)} ms (${await total()})`,
  );
}

async function median(task: () => Promise<unknown>): Promise<number> {
  await task();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await task();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

await report('first page', null);
await report('page in the middle', null, Math.floor(entries / 2));
await report('last page', null, entries - page);
await report('by given name', null, 0, [{ property: 'name/given', isAscending: true }]);
await report('text: beginning of a word (« ma »)', { text: 'ma' });
await report('text: two words (« ma service »)', { text: 'ma service' });
await report('text: a department (« service 17 »)', { text: 'service 17' });
await report('text: in every third (« ingenieure »)', { text: 'ingenieure' });
await report('text: an address', { text: 'p4321@demo.example' });
await report('text: nothing found', { text: 'xyzzy' });
await report('phone', { phone: '01 99 004321' });
await report('letter M', { nameStartsWith: 'M' });
await db.close();
await rm(folder, { recursive: true });
